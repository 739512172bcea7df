package io.github.appaware.server;

import io.github.appaware.trust.Peer;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.TlsChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets connections in: TLS 1.3, a certificate that is valid or none at all, not too many at once.
 * Who is turned away is told of, at most so often.
 */
final class Doorman implements Closeable {
  /** Makes a client of whoever comes in. */
  interface Reception {
    /**
     * Called by the connection's own thread.
     *
     * @param peer empty for one without a certificate
     */
    void enter(Client client, Optional<Peer> peer, int number);
  }

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** Handshakes at once: they cost the most, and strangers can begin them. */
  private static final int MOST_HANDSHAKES = 64;

  /** The same said again within so long is counted, not told. */
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int MOST_TEXTS = 1_000;

  private record Told(long at, int times) {}

  private final ServerTrust trust;
  private final Reception reception;
  private final Client.Handler handler;
  private final Consumer<String> teller;
  private final int mostClients;
  private final Meters meters;
  private final Semaphore handshakes = new Semaphore(MOST_HANDSHAKES);
  private final Map<Client, String> clients = new ConcurrentHashMap<>();
  private final List<ServerSocketChannel> ports = new ArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, Told> told = new LinkedHashMap<>();

  Doorman(
      ServerTrust trust,
      Reception reception,
      Client.Handler handler,
      Consumer<String> teller,
      ResidentServer.Options options) {
    this.trust = trust;
    this.reception = reception;
    this.handler = handler;
    this.teller = teller;
    this.mostClients = options.mostClients();
    this.meters = options.meters();
  }

  /** Opens a port and lets in who comes there. */
  synchronized int listen(String host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(host, port), 1024);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException("can't listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    ports.add(channel);
    Thread thread = new Thread(() -> acceptAll(channel), "doorman");
    thread.setDaemon(true);
    thread.start();
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void acceptAll(ServerSocketChannel port) {
    while (port.isOpen()) {
      try {
        SocketChannel socket = port.accept();
        String from = String.valueOf(socket.getRemoteAddress()).replaceFirst("^/", "");
        if (clients.size() >= mostClients || !handshakes.tryAcquire()) {
          meters.refused(Meters.Refusal.FULL);
          refused(from, new IOException("too many connections"));
          socket.close();
        } else {
          greet(socket, from);
        }
      } catch (IOException e) {
        // Out of descriptors, perhaps; the next one may find some, or the port is closed.
        Thread.onSpinWait();
      }
    }
  }

  private void greet(SocketChannel socket, String from) {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                letIn(socket, from);
              } finally {
                handshakes.release();
              }
            },
            "greeter",
            256 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  private void letIn(SocketChannel socket, String from) {
    try {
      socket.socket().setTcpNoDelay(true);
      TlsChannel channel = TlsChannel.over(socket, trust.engine(), HANDSHAKE);
      Optional<Peer> peer;
      try {
        peer = trust.peer(channel.session());
      } catch (TrustException e) {
        channel.close();
        throw e;
      }
      Client client = new Client(new FrameChannel(channel), handler);
      clients.put(client, from);
      reception.enter(client, peer, numbers.incrementAndGet());
    } catch (IOException | TrustException | RuntimeException e) {
      meters.refused(isCertificate(e) ? Meters.Refusal.CERTIFICATE : Meters.Refusal.HANDSHAKE);
      refused(from, e);
      close(socket);
    }
  }

  private static boolean isCertificate(Throwable why) {
    return why != null
        && (why instanceof TrustException
            || why instanceof CertificateException
            || why instanceof CertPathValidatorException
            || isCertificate(why.getCause()));
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  /** Everybody who is in. */
  Set<Client> clients() {
    return clients.keySet();
  }

  /** Where a client comes from. */
  String from(Client client) {
    return clients.getOrDefault(client, "somebody");
  }

  void gone(Client client) {
    clients.remove(client);
  }

  /** Tells why somebody was turned away. */
  void refused(String who, Exception why) {
    String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    // A port is another one each time: what counts is the host.
    String host = who.replaceFirst(":[0-9]+$", "");
    String line = turnedAway(host, who, text);
    if (line != null) {
      teller.accept(line);
    }
  }

  private synchronized String turnedAway(String host, String who, String text) {
    long now = System.nanoTime();
    if (told.size() >= MOST_TEXTS) {
      told.clear();
    }
    String key = host + " " + text;
    Told before = told.get(key);
    if (before != null && now - before.at < QUIET_NANOS) {
      told.put(key, new Told(before.at, before.times + 1));
      return null;
    }
    told.put(key, new Told(now, 0));
    String again = before == null || before.times == 0 ? "" : " (and " + before.times + " times)";
    return "refused " + who + ": " + text + again;
  }

  @Override
  public synchronized void close() throws IOException {
    for (ServerSocketChannel port : ports) {
      port.close();
    }
    clients.keySet().forEach(Client::close);
  }
}
