package io.github.appaware.tls;

import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The client's side of TLS with one remote server: version 1.3 and nothing older, and only with a
 * server whose certificate this authority issued for this name.
 */
public final class TlsClient {
  private static final long LARGEST_FILE = 64 * 1024;

  private final ServerAddress server;
  private final ServerTrustManager check;
  private final X509Certificate certificate;
  private final SSLContext context;

  private TlsClient(
      ServerAddress server,
      ServerTrustManager check,
      X509Certificate certificate,
      KeyManager... keys)
      throws GeneralSecurityException {
    this.server = server;
    this.check = check;
    this.certificate = certificate;
    context = SSLContext.getInstance("TLSv1.3");
    context.init(keys, new TrustManager[] {check}, null);
  }

  /**
   * Without a certificate of its own, for enrolling.
   *
   * @param fingerprint of the authority
   */
  public static TlsClient anonymous(ServerAddress server, String fingerprint, Clock clock)
      throws GeneralSecurityException {
    return new TlsClient(server, new ServerTrustManager(fingerprint, clock), null);
  }

  /**
   * With the file that enrolling left.
   *
   * @param file the private key, its certificate, and the authority's
   * @throws NoSuchFileException when there is none
   * @throws IOException when it can't be used, or others may use it, too
   */
  public static TlsClient open(Path file, ServerAddress server, Clock clock) throws IOException {
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    requirePrivate(file);
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException("`" + file + "` can't be used: it is too large");
    }
    try {
      return of(Files.readString(file, StandardCharsets.UTF_8), server, clock);
    } catch (GeneralSecurityException e) {
      throw new IOException("`" + file + "` can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * With the same, as text: {@link Pem} of the key, of its certificate and of the authority's.
   *
   * @throws GeneralSecurityException when it is something else
   */
  public static TlsClient of(String text, ServerAddress server, Clock clock)
      throws GeneralSecurityException {
    PrivateKey key = Pem.key(text);
    List<X509Certificate> chain = Pem.certificates(text);
    if (chain.size() != 2) {
      throw new GeneralSecurityException("it has " + chain.size() + " certificates");
    }
    ServerTrustManager check =
        new ServerTrustManager(TrustAnchors.fingerprint(chain.get(1)), clock);
    return new TlsClient(server, check, chain.get(0), new SingleKeyManager(key, chain.get(0)));
  }

  /** A key that others may read, or replace, proves nothing. */
  private static void requirePrivate(Path file) throws IOException {
    for (PosixFilePermission each : Files.getPosixFilePermissions(file)) {
      if (each != PosixFilePermission.OWNER_READ
          && each != PosixFilePermission.OWNER_WRITE
          && each != PosixFilePermission.OWNER_EXECUTE) {
        throw new IOException(
            "others may use the private key in `" + file + "`: chmod 600 it, or enrol again");
      }
    }
    Path directory = file.toAbsolutePath().getParent();
    for (PosixFilePermission each : Files.getPosixFilePermissions(directory)) {
      if (each == PosixFilePermission.GROUP_WRITE || each == PosixFilePermission.OTHERS_WRITE) {
        throw new IOException(
            "others may write in the directory `" + directory + "`: chmod 700 it");
      }
    }
  }

  /** Its own certificate, or null. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's, once connected. */
  public X509Certificate authority() {
    return check.authority();
  }

  /** The address of the server. */
  public ServerAddress server() {
    return server;
  }

  /**
   * Connects to the first of the host's addresses that answers.
   *
   * @param within for each step of each attempt
   */
  public TlsChannel connect(Duration within) throws IOException {
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(server.host())) {
      try {
        return connect(within, SelectorProvider.provider(), address);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure;
  }

  /**
   * Connects to one address of the server.
   *
   * @param within for each step
   * @param sockets makes them: the default is whatever the application wants it to be
   */
  public TlsChannel connect(Duration within, SelectorProvider sockets, InetAddress address)
      throws IOException {
    InetSocketAddress endpoint = new InetSocketAddress(address, server.port());
    return TlsChannel.connect(sockets.openSocketChannel(), endpoint, engine(), within);
  }

  /** For one connection. */
  public SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine(server.host(), server.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
