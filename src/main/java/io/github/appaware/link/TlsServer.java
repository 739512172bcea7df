package io.github.appaware.link;

import io.github.appaware.tls.Subject;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.tls.TlsFailure;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One remote server, and the key and certificate for it. Safe for all threads. */
public final class TlsServer {
  /** A connection, and the client's certificate that it was made with. */
  record Connected(TlsChannel channel, X509Certificate certificate) {}

  private final ServerAddress address;
  private final Path file;
  private final Clock clock;
  private final Renewal renewal;

  /**
   * For a server.
   *
   * @param file with what enrolling left
   * @param notices what the user should know about the certificate
   */
  public TlsServer(ServerAddress address, Path file, Clock clock, Notices notices) {
    this.address = address;
    this.file = file;
    this.clock = clock;
    this.renewal = new Renewal(address, file, clock, notices);
  }

  ServerAddress address() {
    return address;
  }

  Renewal renewal() {
    return renewal;
  }

  /**
   * Connects to the first of the host's addresses that answers, with the key that is in the file
   * now or a later one: it may have been renewed.
   *
   * @throws IOException that says in words why not
   */
  Connected connect(Sockets sockets) throws IOException {
    TlsClient client;
    try {
      client = renewal.client();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no `" + file + "`", e);
    }
    requireInForce(client.certificate());
    try {
      return new Connected(connect(client, sockets), client.certificate());
    } catch (IOException e) {
      throw new IOException(TlsFailure.describe(address, e), e);
    }
  }

  private TlsChannel connect(TlsClient client, Sockets sockets) throws IOException {
    IOException failure = null;
    for (InetAddress each : sockets.lookUp(address.host())) {
      try {
        sockets.connecting(new InetSocketAddress(each, address.port()));
        return client.connect(Duration.ofNanos(Timing.CONNECT), sockets.provider(), each);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      } finally {
        sockets.connecting(null);
      }
    }
    throw failure;
  }

  private void requireInForce(X509Certificate certificate) throws IOException {
    Instant until = certificate.getNotAfter().toInstant();
    if (clock.instant().isAfter(until)) {
      throw new IOException(
          "the certificate of `"
              + Subject.of(certificate).name()
              + "` for "
              + address
              + " expired "
              + until
              + ": run `appaware enroll "
              + address
              + " --token T` with a new token");
    }
  }

  /**
   * Explains a failure of the first read: with TLS 1.3 a server refuses a certificate only when the
   * client thinks that the handshake is over.
   */
  String explain(IOException failure) {
    if (!TlsFailure.isRefusal(failure)) {
      return address + " ended the connection: " + failure.getMessage();
    }
    String name;
    try {
      name = " of `" + Subject.of(renewal.client().certificate()).name() + "`";
    } catch (IOException e) {
      name = "";
    }
    return address
        + " refuses the certificate"
        + name
        + ": it was revoked or replaced, or is another server's";
  }
}
