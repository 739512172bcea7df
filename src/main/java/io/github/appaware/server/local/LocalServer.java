package io.github.appaware.server.local;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.RunMembership;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.FileSink;
import io.github.appaware.server.AcceptLoop;
import io.github.appaware.server.DaemonThreads;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.FileStore;
import io.github.appaware.server.PeerFinder;
import io.github.appaware.server.PolicyStore;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServiceOptions;
import io.github.appaware.server.Uninterruptibly;
import io.github.appaware.server.upstream.UpstreamServer;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Serves one run on a Unix-domain socket, until the last process of the run is gone. {@link
 * LocalClients} handles what its clients say.
 */
public final class LocalServer implements Closeable {
  private static final int BACKLOG = 128;

  /** Opens the socket to listen on. */
  interface SocketOpener {
    /** A socket that is not bound yet. */
    ServerSocketChannel open() throws IOException;
  }

  private final DecisionService service;
  private final UpstreamServer upstream;
  private final ServerSocketChannel socket;
  private final LocalClients clients;
  private final CountDownLatch over = new CountDownLatch(1);

  private LocalServer(
      ServerOptions options,
      String machine,
      DecisionService service,
      UpstreamServer upstream,
      ServerSocketChannel socket,
      ClientProcesses processes)
      throws IOException {
    this.service = service;
    this.upstream = upstream;
    this.socket = socket;
    String consoleKey = ConsoleKey.write(options.consoleKey());
    this.clients =
        new LocalClients(
            options, machine, consoleKey, service, upstream, processes, over::countDown);
  }

  /**
   * Initializes what every run needs and what takes long: the parser and the socket. For the time
   * in which the options are not there yet.
   */
  public static void prepare() {
    try {
      ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException e) {
      // What is wrong shows again when the socket is opened, and is told then.
    }
    FileStore.prepare();
  }

  /**
   * Reads the policy, opens the record and listens.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the record or the socket can't be opened
   */
  public static LocalServer open(
      ServerOptions options, String machine, Clock clock, ClientProcesses processes)
      throws IOException, PolicyException {
    PolicyStore store = new FileStore(options.policies(), options.answers());
    return open(options, store, machine, clock, processes);
  }

  /**
   * As above, with the policy in a store, which is closed with the server.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached, or the record or the socket can't be
   *     opened
   */
  public static LocalServer open(
      ServerOptions options,
      PolicyStore store,
      String machine,
      Clock clock,
      ClientProcesses processes)
      throws IOException, PolicyException {
    return open(
        options,
        store,
        () -> ServerSocketChannel.open(StandardProtocolFamily.UNIX),
        machine,
        clock,
        processes);
  }

  /** As above, with the socket that this opens. */
  static LocalServer open(
      ServerOptions options,
      PolicyStore store,
      SocketOpener opener,
      String machine,
      Clock clock,
      ClientProcesses processes)
      throws IOException, PolicyException {
    UpstreamServer upstream =
        options.upstream() == null ? null : upstream(options.upstream(), clock);
    ServiceOptions serviceOptions =
        new ServiceOptions(
            machine,
            options.mode(),
            options.blind(),
            options.log() == null ? null : () -> FileSink.open(options.log()),
            options.socket(),
            upstream,
            peers(options),
            ServerMeters.NONE,
            Duration.ZERO); // the launcher is there before any agent, and does not come back
    DecisionService service = DecisionService.open(serviceOptions, store, clock);
    if (upstream != null) {
      upstream.bind(service::renew, service.runs()::noticeAll);
    }
    ServerSocketChannel socket = opener.open();
    socket.bind(UnixDomainSocketAddress.of(options.socket()), BACKLOG);
    return new LocalServer(options, machine, service, upstream, socket, processes);
  }

  private static PeerFinder peers(ServerOptions options) {
    ProcFs proc = ProcFs.ofSystem();
    long launcher = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    long self = ProcessHandle.current().pid();
    return proc.isAvailable()
        ? new KernelPeers(
            proc,
            new RunMembership(proc, options.directory(), launcher, pid -> pid == self),
            options.directory())
        : PeerFinder.REMOTE;
  }

  private static UpstreamServer upstream(ServerOptions.UpstreamOptions upstream, Clock clock)
      throws IOException {
    ClientFiles files = new ClientFiles(upstream.configuration());
    List<ClientTrust> servers = new ArrayList<>();
    try {
      for (ServerAddress address : ServerAddress.parseAll(upstream.servers())) {
        servers.add(ClientTrust.open(files, address, List.of(Role.AGENT), clock));
      }
    } catch (TrustException e) {
      throw new IOException(
          e.getMessage() + (e.help().isEmpty() ? "" : "\n  help: " + e.help()), e);
    }
    String run = UUID.randomUUID().toString().substring(0, 8);
    return new UpstreamServer(servers, clock, upstream.grace(), run);
  }

  /** Serves until the run is over or the server is closed. */
  public void serve() {
    DaemonThreads.named("acceptor").newThread(this::acceptAll).start();
    service.start();
    Uninterruptibly.await(over);
  }

  private void acceptAll() {
    new AcceptLoop(socket, clients::accepted, service.runs()::noticeAll).run();
    over.countDown();
  }

  /** The launcher's process ended; if it did not register a run, there will be none. */
  public void launcherGone() {
    if (service.runs().all().isEmpty()) {
      over.countDown();
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
    if (upstream != null) {
      upstream.close();
    }
    service.close();
  }
}
