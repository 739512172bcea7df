package io.github.appaware.server.resident;

import io.github.appaware.server.AcceptLoop;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets connections in: TLS 1.3, a certificate that is valid or none at all, not too many at once.
 * Who is turned away is told of, at most so often.
 */
final class TlsAcceptor implements Closeable {
  /** Makes a client of whoever comes in. */
  interface Reception {
    /**
     * Called by the connection's own thread.
     *
     * @param peer empty for one without a certificate
     */
    void enter(ClientConnection client, Optional<PeerIdentity> peer, int number);
  }

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** Who has no certificate may only enrol, which takes a moment: these at once. */
  private static final int MOST_STRANGERS = 64;

  /** No more than half of them from one address, so that nobody alone keeps others from it. */
  private static final int MOST_STRANGERS_OF_ONE = MOST_STRANGERS / 2;

  private static final Duration STRANGERS = Duration.ofSeconds(5);

  private static final String KEEP_OUT =
      "only clients of appaware are served here, over TLS 1.3; a firewall keeps others out";

  private static final long LOOK_MILLIS = 250;

  private final ServerTrust trust;
  private final Reception reception;
  private final ClientConnection.Handler handler;
  private final Consumer<String> log;
  private final RejectionLog refusals;
  private final int mostClients;
  private final HandshakeQueue handshakes = new HandshakeQueue(new Greeting());

  /** Who has no certificate, and from where. */
  private final Map<ClientConnection, String> strangers = new ConcurrentHashMap<>();

  private final ServerMeters meters;
  private final Map<ClientConnection, String> clients = new ConcurrentHashMap<>();
  private final List<ServerSocketChannel> ports = new ArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "doorman-watch");
            thread.setDaemon(true);
            return thread;
          });

  TlsAcceptor(
      ServerTrust trust,
      Reception reception,
      ClientConnection.Handler handler,
      Consumer<String> log,
      ResidentServer.Options options) {
    this.trust = trust;
    this.reception = reception;
    this.handler = handler;
    this.log = log;
    this.refusals = new RejectionLog(log);
    this.mostClients = options.mostClients();
    this.meters = options.meters();
    var unused =
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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
    Thread thread =
        new Thread(() -> new AcceptLoop(channel, this::accepted, log).run(), "acceptor");
    thread.setDaemon(true);
    thread.start();
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void accepted(SocketChannel socket) throws IOException {
    if (clients.size() >= mostClients) {
      meters.refused(ServerMeters.Refusal.FULL);
      refusals.tell(
          name(socket),
          "there are " + mostClients + " connections already",
          "more are served with `--max-clients`");
      socket.close();
    } else {
      handshakes.enter(socket);
    }
  }

  private void look() {
    try {
      handshakes.look();
      refusals.look();
      strangers.forEach(
          (stranger, from) -> {
            if (stranger.isSilent(STRANGERS.toNanos()) && strangers.remove(stranger) != null) {
              meters.refused(ServerMeters.Refusal.PROTOCOL);
              refusals.tell(
                  from,
                  "no certificate, and nothing said for " + STRANGERS.toSeconds() + " s",
                  KEEP_OUT);
              stranger.close();
            }
          });
    } catch (RuntimeException e) { // or nobody would look again
      refusals.tell("nobody", "connections can't be looked at: " + e, "restart the server");
    }
  }

  private static String name(SocketChannel socket) {
    try {
      return String.valueOf(socket.getRemoteAddress()).replaceFirst("^/", "");
    } catch (IOException e) {
      return "somebody";
    }
  }

  /** Without the port, which is another one each time. */
  private static String host(String from) {
    return from.replaceFirst(":[0-9]+$", "");
  }

  private boolean isFullOfStrangers(String from) {
    String host = host(from);
    return strangers.size() >= MOST_STRANGERS
        || strangers.values().stream().filter(each -> host(each).equals(host)).count()
            >= MOST_STRANGERS_OF_ONE;
  }

  private final class Greeting implements HandshakeQueue.Greeter {
    @Override
    public void greet(SocketChannel socket, BooleanSupplier isCut) {
      letIn(socket, isCut);
    }

    @Override
    public void displace(SocketChannel socket) {
      meters.refused(ServerMeters.Refusal.HANDSHAKE);
      refusals.tell(
          name(socket), "more connections wait for their handshakes than can be made", KEEP_OUT);
    }
  }

  private void letIn(SocketChannel socket, BooleanSupplier isCut) {
    String from = name(socket);
    ClientConnection client = null;
    try {
      socket.socket().setTcpNoDelay(true);
      TlsChannel channel = TlsChannel.over(socket, trust.engine(), HANDSHAKE);
      Optional<PeerIdentity> peer = trust.peer(channel.session());
      if (peer.isEmpty() && isFullOfStrangers(from)) {
        throw new IOException("there are too many connections without a certificate");
      }
      client = new ClientConnection(new FrameChannel(channel), handler);
      clients.put(client, from);
      if (peer.isEmpty()) {
        strangers.put(client, from);
      }
      reception.enter(client, peer, numbers.incrementAndGet());
    } catch (IOException | TrustException | RuntimeException e) {
      meters.refused(
          isCertificate(e) ? ServerMeters.Refusal.CERTIFICATE : ServerMeters.Refusal.HANDSHAKE);
      Exception why =
          isCut.getAsBoolean()
              ? new IOException("its handshake took too long while others waited")
              : e;
      notIn(socket, from, client, why);
    } catch (OutOfMemoryError e) { // no more threads
      meters.refused(ServerMeters.Refusal.FULL);
      notIn(socket, from, client, new IOException("out of memory or threads"));
    }
  }

  private void notIn(SocketChannel socket, String from, ClientConnection client, Exception why) {
    refused(from, why, help(why));
    close(socket);
    if (client != null) {
      handler.gone(client);
    }
  }

  private static String help(Exception why) {
    if (why instanceof TrustException trust && !trust.help().isEmpty()) {
      return trust.help();
    }
    return isCertificate(why)
        ? "enrol there again, with a token of this server's `appaware server token`"
        : KEEP_OUT;
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
  Set<ClientConnection> clients() {
    return clients.keySet();
  }

  /** How many are in. */
  int count() {
    return clients.size();
  }

  /** Where a client comes from. */
  String from(ClientConnection client) {
    return clients.getOrDefault(client, "somebody");
  }

  void gone(ClientConnection client) {
    clients.remove(client);
    strangers.remove(client);
  }

  /** Tells why somebody was turned away, and what to do about it. */
  void refused(String who, Exception why, String help) {
    String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    refused(who, text, help);
  }

  /** As above. */
  void refused(String who, String why, String help) {
    refusals.tell(who, why, help);
  }

  @Override
  public synchronized void close() throws IOException {
    for (ServerSocketChannel port : ports) {
      port.close();
    }
    timer.shutdownNow();
    handshakes.close();
    clients.keySet().forEach(ClientConnection::close);
  }
}
