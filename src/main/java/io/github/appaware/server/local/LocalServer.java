package io.github.appaware.server.local;

import io.github.appaware.event.Application;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.FileSink;
import io.github.appaware.server.AcceptLoop;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ClientSession;
import io.github.appaware.server.CodeSources;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.FileStore;
import io.github.appaware.server.PolicyStore;
import io.github.appaware.server.Run;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.upstream.TlsDialer;
import io.github.appaware.server.upstream.UpstreamServer;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves one run, or what is left of it, on a Unix-domain socket: from {@link #open} until the last
 * process of the run is gone.
 *
 * <p>When the launcher's connection breaks before the target ended, the launcher was killed: the
 * target is stopped too, as nobody waits for it any more.
 */
public final class LocalServer implements ClientConnection.Handler, Closeable {
  /** Opens the socket to listen on. */
  interface SocketOpener {
    /** A socket that is not bound yet. */
    ServerSocketChannel open() throws IOException;
  }

  private final ServerOptions options;
  private final DecisionService service;
  private final UpstreamServer upstream;
  private final ServerSocketChannel socket;
  private final String machine;
  private final String consoleKey;
  private final AtomicInteger numbers = new AtomicInteger();
  private final ClientProcesses processes;
  private final Map<ClientConnection, SocketChannel> channels = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private LocalServer(
      ServerOptions options,
      String machine,
      DecisionService service,
      UpstreamServer upstream,
      ServerSocketChannel socket,
      ClientProcesses processes)
      throws IOException {
    this.options = options;
    this.service = service;
    this.upstream = upstream;
    this.machine = machine;
    this.socket = socket;
    this.processes = processes;
    this.consoleKey = ConsoleKey.write(options.consoleKey());
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
   * @throws IOException when the store can't be reached, or the record or the socket not be opened
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
    DecisionService.Setup setup =
        new DecisionService.Setup(
            machine,
            options.mode(),
            options.blind(),
            options.log() == null ? null : () -> FileSink.open(options.log()),
            options.socket(),
            upstream,
            ServerMeters.NONE,
            Duration.ZERO); // its launcher is there before anybody asks, and does not come back
    DecisionService service = DecisionService.open(setup, store, clock);
    if (upstream != null) {
      upstream.bind(service::renew, service::noticeAll);
    }
    ServerSocketChannel socket = opener.open();
    socket.bind(UnixDomainSocketAddress.of(options.socket()), 128);
    return new LocalServer(options, machine, service, upstream, socket, processes);
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
    return new UpstreamServer(new TlsDialer(servers), upstream.grace(), run);
  }

  /** Accepts connections until {@link #close}; returns then. */
  public void serve() {
    Thread acceptor = new Thread(this::acceptAll, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
    service.start();
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll() {
    new AcceptLoop(socket, this::accepted, service::noticeAll).run();
    finish();
  }

  private void accepted(SocketChannel channel) {
    ClientConnection client = new ClientConnection(new FrameChannel(channel), this);
    channels.put(client, channel);
    boolean started = false;
    try {
      client.start(numbers.incrementAndGet());
      started = true;
    } finally {
      if (!started) {
        channels.remove(client);
      }
    }
  }

  /** Nobody needs the server any more: {@link #serve} returns. */
  private void finish() {
    over.countDown();
  }

  @Override
  public void close() throws IOException {
    finish();
    socket.close();
    if (upstream != null) {
      upstream.close();
    }
    service.close();
  }

  /** The launcher ended; whether that was meant is known from what it said before. */
  public void launcherGone() {
    if (service.runs().isEmpty()) {
      finish();
    }
  }

  @Override
  public void receive(ClientConnection client, Message message) throws IOException {
    ClientSession session = client.session().orElse(null);
    boolean welcomed = session != null && !(session instanceof ClientSession.Unmeasured);
    if (welcomed && message instanceof Message.Ping) {
      client.send(new Message.Pong());
    } else if (session instanceof ClientSession.Agent agent) {
      CodeSources sources = agent.run().sources();
      service.fromAgent(
          client, agent, message, sourced -> sources.complete(sourced.origin(), sourced.then()));
    } else if (session instanceof ClientSession.Launcher launcher) {
      String who = launcher.run().application().user();
      if (message instanceof Message.Flush flush) {
        service.flush(client, flush);
      } else if (!service.fromWhoAnswers(client, who, message)) {
        fromLauncher(client, launcher.run(), message);
      }
    } else if (session instanceof ClientSession.Console console) {
      if (message instanceof Message.Flush flush) {
        service.flush(client, flush);
      } else if (!service.fromWhoAnswers(client, console.user(), message)) {
        throw new IOException("not for a server: " + message.getClass().getSimpleName());
      }
    } else if (session == null && message instanceof QuestionMessage.Watch watcher) {
      watch(client, watcher);
    } else if (session == null && message instanceof Message.Hello hello) {
      hello(client, hello);
    } else if (session == null && message instanceof Message.Register register) {
      register(client, register);
    } else {
      throw new IOException("out of turn: " + message.getClass().getSimpleName());
    }
  }

  private void watch(ClientConnection client, QuestionMessage.Watch hello) throws IOException {
    if (hello.version() != Message.VERSION) {
      client.refuse("console and server are of different versions of appaware");
    } else if (!same(consoleKey, hello.key())) {
      throw new IOException("no console of this server");
    } else {
      String user;
      try {
        user = processes.console(channels.get(client), hello.user());
      } catch (IOException e) {
        service.noticeAll("a console was refused: " + e.getMessage());
        client.refuse("no console of this server: " + e.getMessage());
        return;
      }
      service.admit(client, new ClientSession.Console(user, true));
    }
  }

  private void hello(ClientConnection client, Message.Hello hello) {
    Run run = hello.version() == Message.VERSION ? run(hello.token()) : null;
    if (hello.version() != Message.VERSION) {
      client.refuse("agent and server are of different versions of appaware");
    } else if (run == null || run.isFinished()) {
      client.refuse("the run it belongs to is over or unknown");
    } else {
      hello(client, run, hello.pid());
    }
  }

  private void hello(ClientConnection client, Run run, long claimed) {
    long pid;
    try {
      pid = processes.agent(channels.get(client), claimed);
    } catch (IOException e) {
      run.notice("an agent was refused: " + e.getMessage());
      client.refuse(e.getMessage());
      return;
    }
    processes.weakness().ifPresent(run::notice);
    client.session(new ClientSession.Unmeasured(run, pid));
    run.measure(client, pid);
  }

  /** Compared in constant time: the time it takes tells nothing about the secret. */
  private Run run(String token) {
    for (Run run : service.runs()) {
      if (same(run.token(), token)) {
        return run;
      }
    }
    return null;
  }

  private static boolean same(String secret, String offered) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  private void register(ClientConnection client, Message.Register register) throws IOException {
    if (register.version() != Message.VERSION || !same(options.key(), register.key())) {
      throw new IOException("no launcher of this server");
    }
    Run run = new Run(register.token(), client, register.application(), machine);
    client.session(new ClientSession.Launcher(run));
    service.add(register.token(), run);
    processes.prepare(); // its first agent needs it, and is not there yet
    afterUpstream(
        client,
        register.application(),
        () -> {
          client.send(new Message.Welcome(service.epoch()));
          service.warnings().forEach(run::notice);
          Application unused = service.named(run, register.application());
        });
  }

  /** Goes on when the server above, if there is one, takes the process too. */
  private void afterUpstream(ClientConnection client, Application application, Runnable then) {
    if (upstream == null) {
      then.run();
      return;
    }
    var unused =
        upstream
            .join(client, application)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    then.run();
                  } else {
                    client.refuse(failure.getMessage());
                  }
                });
  }

  private void fromLauncher(ClientConnection client, Run run, Message message) throws IOException {
    if (message instanceof Message.Started started) {
      run.started(started.pid());
      service.changed(run);
    } else if (message instanceof Message.Measured measured) {
      ClientConnection agent = run.measured(measured.id());
      if (agent != null) {
        Application application = measured.application();
        afterUpstream(agent, application, () -> service.admit(run, agent, application));
      }
    } else if (message instanceof Message.SourcesMeasured measured) {
      run.sources().measured(measured);
    } else if (message instanceof Message.Unmeasured unmeasured) {
      ClientConnection agent = run.measured(unmeasured.id());
      if (agent != null) {
        agent.refuse("its process can't be identified: " + unmeasured.why());
      }
    } else if (message instanceof Message.Finish) {
      run.finish();
      service.awaitAnswers();
      client.send(run.summary(service.policy()));
      service.changed(run);
    } else {
      throw new IOException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  @Override
  public void gone(ClientConnection client) {
    channels.remove(client);
    service.gone(client);
    if (!(client.session().orElse(null) instanceof ClientSession.OfRun session)) {
      return;
    }
    Run run = session.run();
    if (session instanceof ClientSession.Launcher) {
      boolean killed = !run.isFinished();
      run.launcherGone();
      if (killed) {
        try {
          abandon(run);
        } finally {
          finish(); // whatever became of that, nobody is left to serve
        }
      }
    } else {
      run.remove(client);
      service.changed(run);
    }
    if (run.isOver()) {
      finish();
    }
  }

  private void abandon(Run run) {
    for (ClientConnection agent : run.agents()) {
      agent.send(new Message.Stop("the launcher is gone, so the run ends"));
    }
    ProcessTerminator.end(
        () -> {
          List<ProcessHandle> members = RunProcesses.of(options.directory());
          run.target().ifPresent(members::add);
          return members;
        });
  }
}
