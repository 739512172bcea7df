package io.github.appaware.server.resident;

import io.github.appaware.server.AcceptLoop;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.DaemonThreads;
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
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Accepts connections over TLS 1.3: with a valid certificate or none at all, within limits. */
final class TlsAcceptor implements Closeable {
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
  private static final int BACKLOG = 1024;
  private static final long INTERVAL_MILLIS = 250;

  private final ServerTrust trust;
  private final ClientConnection.Handler handler;
  private final RemoteClients clients;
  private final ConnectionMonitor monitor;
  private final RejectionLog rejections;
  private final Consumer<String> log;
  private final int maxClients;
  private final HandshakeQueue handshakes = new HandshakeQueue(new Handshaking());
  private final List<ServerSocketChannel> ports = new ArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ScheduledExecutorService timer = DaemonThreads.timer("acceptor-watch");

  TlsAcceptor(
      ServerTrust trust,
      ClientConnection.Handler handler,
      RemoteClients clients,
      ConnectionMonitor monitor,
      RejectionLog rejections,
      Consumer<String> log,
      int maxClients) {
    this.trust = trust;
    this.handler = handler;
    this.clients = clients;
    this.monitor = monitor;
    this.rejections = rejections;
    this.log = log;
    this.maxClients = maxClients;
    var unused =
        timer.scheduleWithFixedDelay(
            this::check, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Opens a port and accepts the connections there. */
  synchronized int listen(String host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException("can't listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    ports.add(channel);
    AcceptLoop loop = new AcceptLoop(channel, this::accepted, log);
    DaemonThreads.named("acceptor").newThread(loop::run).start();
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void accepted(SocketChannel socket) throws IOException {
    if (clients.size() >= maxClients) {
      rejections.report(
          ServerMeters.Refusal.FULL,
          address(socket),
          "there are " + maxClients + " connections already",
          "more are served with `--max-clients`");
      socket.close();
    } else {
      handshakes.enter(socket);
    }
  }

  private void check() {
    try {
      handshakes.cancelSlow();
      rejections.flush();
      monitor.closeSilentUnenrolled();
    } catch (RuntimeException e) { // thrown on, it would end the timer
      log.accept("connections can't be checked: " + e + "\nhelp: restart the server");
    }
  }

  private static String address(SocketChannel socket) {
    try {
      return String.valueOf(socket.getRemoteAddress()).replaceFirst("^/", "");
    } catch (IOException e) {
      return "an unknown address";
    }
  }

  private final class Handshaking implements HandshakeQueue.Handshaker {
    @Override
    public void handshake(SocketChannel socket, BooleanSupplier isCancelled) {
      connect(socket, isCancelled);
    }

    @Override
    public void displaced(SocketChannel socket) {
      rejections.report(
          ServerMeters.Refusal.HANDSHAKE,
          address(socket),
          "more connections wait for their handshakes than can be made",
          RejectionLog.NOT_A_CLIENT);
    }
  }

  private void connect(SocketChannel socket, BooleanSupplier isCancelled) {
    String address = address(socket);
    ClientConnection connection = null;
    try {
      socket.socket().setTcpNoDelay(true);
      TlsChannel channel = TlsChannel.over(socket, trust.engine(), HANDSHAKE_TIMEOUT);
      Optional<PeerIdentity> peer = trust.peer(channel.session());
      if (peer.isEmpty() && clients.isFullForUnenrolled(address)) {
        throw new IOException("there are too many connections without a certificate");
      }
      connection = new ClientConnection(new FrameChannel(channel), handler);
      clients.add(new RemoteClient(connection, address, peer));
      connection.start(numbers.incrementAndGet());
    } catch (IOException | TrustException | RuntimeException e) {
      Exception why =
          isCancelled.getAsBoolean()
              ? new IOException("its handshake took too long while others waited")
              : e;
      ServerMeters.Refusal cause =
          isAboutCertificate(e) ? ServerMeters.Refusal.CERTIFICATE : ServerMeters.Refusal.HANDSHAKE;
      reject(socket, address, connection, cause, why);
    } catch (OutOfMemoryError e) { // no more threads
      Exception why = new IOException("out of memory or threads");
      reject(socket, address, connection, ServerMeters.Refusal.FULL, why);
    }
  }

  private void reject(
      SocketChannel socket,
      String address,
      ClientConnection connection,
      ServerMeters.Refusal cause,
      Exception why) {
    rejections.report(cause, address, why, help(why));
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
    if (connection != null) {
      handler.gone(connection);
    }
  }

  private static String help(Exception why) {
    if (why instanceof TrustException trust && !trust.help().isEmpty()) {
      return trust.help();
    }
    return isAboutCertificate(why)
        ? "enrol there again, with a token of this server's `appaware server token`"
        : RejectionLog.NOT_A_CLIENT;
  }

  private static boolean isAboutCertificate(Throwable why) {
    return why != null
        && (why instanceof TrustException
            || why instanceof CertificateException
            || why instanceof CertPathValidatorException
            || isAboutCertificate(why.getCause()));
  }

  @Override
  public synchronized void close() throws IOException {
    for (ServerSocketChannel port : ports) {
      port.close();
    }
    timer.shutdownNow();
    handshakes.close();
    clients.all().forEach(client -> client.connection().close());
  }
}
