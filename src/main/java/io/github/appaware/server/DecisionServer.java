package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Text;
import io.github.appaware.policy.PolicyException;
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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Serves one run, or what is left of it, on a Unix-domain socket: from {@link #open} until the last
 * process of the run is gone.
 *
 * <p>When the launcher's connection breaks before the target ended, the launcher was killed: the
 * target is stopped too, as nobody waits for it any more.
 */
public final class DecisionServer implements Client.Handler, Closeable {
  private final ServerOptions options;
  private final Core core;
  private final Upstream upstream;
  private final ServerSocketChannel socket;
  private final String machine;
  private final String consoleKey;
  private final CountDownLatch over = new CountDownLatch(1);

  private DecisionServer(
      ServerOptions options,
      String machine,
      Core core,
      Upstream upstream,
      ServerSocketChannel socket)
      throws IOException {
    this.options = options;
    this.core = core;
    this.upstream = upstream;
    this.machine = machine;
    this.socket = socket;
    this.consoleKey = ConsoleKey.write(options.consoleKey());
  }

  /**
   * Reads the policy, opens the record and listens.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the record or the socket can't be opened
   */
  public static DecisionServer open(ServerOptions options, String machine, Clock clock)
      throws IOException, PolicyException {
    return open(options, new FileStore(options.policies(), options.answers()), machine, clock);
  }

  /**
   * As above, with the policy in a store, which is closed with the server.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached, or the record or the socket not be opened
   */
  public static DecisionServer open(
      ServerOptions options, PolicyStore store, String machine, Clock clock)
      throws IOException, PolicyException {
    Upstream upstream = options.above() == null ? null : upstream(options.above(), clock);
    Core.Setup setup =
        new Core.Setup(
            machine,
            options.mode(),
            options.blind(),
            options.log() == null ? null : () -> FileSink.open(options.log()),
            options.socket(),
            upstream,
            Meters.NONE,
            Duration.ZERO); // its launcher is there before anybody asks, and does not come back
    Core core = Core.open(setup, store, clock);
    if (upstream != null) {
      upstream.bind(core::renew, core::noticeAll);
    }
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(options.socket()), 128);
    return new DecisionServer(options, machine, core, upstream, socket);
  }

  private static Upstream upstream(ServerOptions.Above above, Clock clock) throws IOException {
    ClientFiles files = new ClientFiles(above.configuration());
    List<ClientTrust> servers = new ArrayList<>();
    try {
      for (ServerAddress address : ServerAddress.parseAll(above.servers())) {
        servers.add(ClientTrust.open(files, address, List.of(Role.AGENT), clock));
      }
    } catch (TrustException e) {
      throw new IOException(
          e.getMessage() + (e.help().isEmpty() ? "" : "\n  help: " + e.help()), e);
    }
    String run = UUID.randomUUID().toString().substring(0, 8);
    return new Upstream(new TlsDialer(servers), above.grace(), run);
  }

  /** Accepts connections until {@link #close}; returns then. */
  public void serve() {
    Thread acceptor = new Thread(this::acceptAll, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
    core.start();
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
    try {
      for (int number = 1; ; number++) {
        serve(socket.accept(), number);
      }
    } catch (IOException e) {
      over.countDown();
    }
  }

  private void serve(SocketChannel channel, int number) throws IOException {
    boolean started = false;
    try {
      new Client(new FrameChannel(channel), this).start(number);
      started = true;
    } catch (OutOfMemoryError e) { // no more threads: who is served already goes on
    } finally {
      if (!started) {
        channel.close();
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
    core.close();
  }

  /** The launcher ended; whether that was meant is known from what it said before. */
  public void launcherGone() {
    if (core.runs().isEmpty()) {
      finish();
    }
  }

  @Override
  public void receive(Client client, Message message) throws IOException {
    Session session = client.session().orElse(null);
    if (session instanceof Session.Agent agent) {
      CodeSources sources = agent.run().sources();
      core.fromAgent(
          client, agent, message, sourced -> sources.complete(sourced.origin(), sourced.then()));
    } else if (session instanceof Session.Launcher launcher) {
      String who = launcher.run().application().user();
      if (!core.fromWhoAnswers(client, who, message)) {
        fromLauncher(client, launcher.run(), message);
      }
    } else if (session instanceof Session.Console console) {
      if (!core.fromWhoAnswers(client, console.user(), message)) {
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

  private void watch(Client client, QuestionMessage.Watch hello) throws IOException {
    if (hello.version() != Message.VERSION) {
      client.refuse("console and server are of different versions of appaware");
    } else if (!same(consoleKey, hello.key())) {
      throw new IOException("no console of this server");
    } else {
      core.admit(client, new Session.Console(Text.printable(hello.user()), true));
    }
  }

  private void hello(Client client, Message.Hello hello) {
    Run run = hello.version() == Message.VERSION ? run(hello.token()) : null;
    if (hello.version() != Message.VERSION) {
      client.refuse("agent and server are of different versions of appaware");
    } else if (run == null || run.isFinished()) {
      client.refuse("the run it belongs to is over or unknown");
    } else {
      client.session(new Session.Unmeasured(run, hello.pid()));
      run.measure(client, hello.pid());
    }
  }

  /** Compared in constant time: the time it takes tells nothing about the secret. */
  private Run run(String token) {
    for (Run run : core.runs()) {
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

  private void register(Client client, Message.Register register) throws IOException {
    if (register.version() != Message.VERSION || !same(options.key(), register.key())) {
      throw new IOException("no launcher of this server");
    }
    Run run = new Run(register.token(), client, register.application(), machine);
    client.session(new Session.Launcher(run));
    core.add(register.token(), run);
    afterUpstream(
        client,
        register.application(),
        () -> {
          client.send(new Message.Welcome(core.epoch()));
          core.warnings().forEach(run::notice);
          Application unused = core.named(run, register.application());
        });
  }

  /** Goes on when the server above, if there is one, takes the process too. */
  private void afterUpstream(Client client, Application application, Runnable then) {
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

  private void fromLauncher(Client client, Run run, Message message) throws IOException {
    if (message instanceof Message.Started started) {
      run.started(started.pid());
      core.changed(run);
    } else if (message instanceof Message.Measured measured) {
      Client agent = run.measured(measured.id());
      if (agent != null) {
        Application application = measured.application();
        afterUpstream(agent, application, () -> core.admit(run, agent, application));
      }
    } else if (message instanceof Message.SourcesMeasured measured) {
      run.sources().measured(measured);
    } else if (message instanceof Message.Unmeasured unmeasured) {
      Client agent = run.measured(unmeasured.id());
      if (agent != null) {
        agent.refuse("its process can't be identified: " + unmeasured.why());
      }
    } else if (message instanceof Message.Finish finish) {
      run.finish();
      core.awaitAnswers();
      client.send(run.summary(finish.id(), core.policy()));
      core.changed(run);
    } else {
      throw new IOException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  @Override
  public void gone(Client client) {
    core.gone(client);
    if (!(client.session().orElse(null) instanceof Session.OfRun session)) {
      return;
    }
    Run run = session.run();
    if (session instanceof Session.Launcher) {
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
      core.changed(run);
    }
    if (run.isOver()) {
      finish();
    }
  }

  private void abandon(Run run) {
    for (Client agent : run.agents()) {
      agent.send(new Message.Stop("the launcher is gone, so the run ends"));
    }
    Ending.end(
        () -> {
          List<ProcessHandle> members = RunProcesses.of(options.directory());
          run.target().ifPresent(members::add);
          return members;
        });
  }
}
