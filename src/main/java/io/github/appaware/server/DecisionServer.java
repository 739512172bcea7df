package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.AppMatch;
import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final String machine;
  private final PolicyStore store;
  private final Decider decider;
  private final EventRecord record;
  private final Clock clock;
  private final ServerSocketChannel socket;
  private final PolicyWatch watch;
  private final Judging judging;
  private final Answering answering;
  private final Consoles consoles;
  private final String consoleKey;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private DecisionServer(
      ServerOptions options,
      String machine,
      PolicyStore store,
      Decider decider,
      EventRecord record,
      Consoles consoles,
      Clock clock,
      ServerSocketChannel socket)
      throws IOException {
    this.options = options;
    this.machine = machine;
    this.store = store;
    this.decider = decider;
    this.record = record;
    this.consoles = consoles;
    this.clock = clock;
    this.socket = socket;
    this.watch = new PolicyWatch(store, decider, clock, this::policyChanged);
    this.judging = new Judging(decider, record, clock, machine, options.socket(), this::recordLost);
    this.answering =
        new Answering(
            decider, judging.questions(), store, () -> watch.reload(this::noticeAll), clock);
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
    Policy policy = store.load();
    Consoles consoles = new Consoles();
    EventRecord record = EventRecord.open(options.log(), machine, consoles::happened);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(options.socket()), 128);
    Decider decider = new Decider(policy, options.mode(), options.blind(), clock);
    return new DecisionServer(options, machine, store, decider, record, consoles, clock, socket);
  }

  /** Accepts connections until {@link #close}; returns then. */
  public void serve() {
    Thread acceptor = new Thread(this::acceptAll, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
    watch.start(this::noticeAll);
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
        SocketChannel channel = socket.accept();
        new Client(new FrameChannel(channel), this).start(number);
      }
    } catch (IOException e) {
      over.countDown();
    }
  }

  /** Nobody needs the server any more: {@link #serve} returns. */
  private void finish() {
    over.countDown();
  }

  @Override
  public void close() throws IOException {
    finish();
    watch.close();
    answering.close();
    judging.questions().close();
    store.close();
    socket.close();
    record.close();
  }

  /** The launcher ended; whether that was meant is known from what it said before. */
  public void launcherGone() {
    if (runs.isEmpty()) {
      finish();
    }
  }

  private void policyChanged(int epoch) {
    for (Run run : runs.values()) {
      for (Client agent : run.agents()) {
        rename(agent);
        agent.send(new Message.Epoch(epoch));
      }
    }
    judging.questions().reconsider(question -> true);
  }

  /** Another policy may give an application another id. */
  private void rename(Client client) {
    if (client.session().orElse(null) instanceof Session.Agent agent) {
      Application named = named(agent.run(), agent.application());
      client.session(new Session.Agent(agent.run(), named));
    }
  }

  private void recordLost(Run run, IOException why) {
    run.notice(
        "the record "
            + options.log()
            + " can't be written ("
            + why.getMessage()
            + "): everything is denied from now on");
    policyChanged(decider.replace(decider.policy())); // cached verdicts would go unrecorded
  }

  private void noticeAll(String text) {
    for (Run run : runs.values()) {
      run.notice(text);
    }
  }

  @Override
  public void receive(Client client, Message message) throws IOException {
    Session session = client.session().orElse(null);
    if (session instanceof Session.Agent agent) {
      fromAgent(client, agent, message);
    } else if (session instanceof Session.Launcher launcher) {
      if (isFromWhoAnswers(message)) {
        String who = launcher.run().application().user();
        answering.receive(client, who, (QuestionMessage) message);
      } else {
        fromLauncher(client, launcher.run(), message);
      }
    } else if (session instanceof Session.Console console
        && console.answers()
        && isFromWhoAnswers(message)) {
      answering.receive(client, console.user(), (QuestionMessage) message);
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

  private void fromAgent(Client client, Session.Agent agent, Message message) throws IOException {
    CodeSources sources = agent.run().sources();
    if (message instanceof Message.Ask ask) {
      sources.complete(ask.origin(), origin -> judging.ask(client, ask, origin));
    } else if (message instanceof Message.Used used) {
      if (used.count() < 1) {
        throw new IOException("a verdict used " + used.count() + " times");
      }
      sources.complete(used.origin(), origin -> judging.used(agent, used, origin));
    } else if (message instanceof Message.Flush flush) {
      client.send(new Message.Noted(flush.id()));
    } else {
      throw new IOException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  private void watch(Client client, QuestionMessage.Watch hello) throws IOException {
    if (hello.version() != Message.VERSION) {
      client.refuse("console and server are of different versions of appaware");
    } else if (!same(consoleKey, hello.key())) {
      throw new IOException("no console of this server");
    } else {
      client.session(new Session.Console(hello.user(), true));
      client.send(new Message.Welcome(decider.epoch()));
      consoles.add(client);
      runs.values().forEach(run -> client.send(run.info(machine)));
    }
  }

  private static boolean isFromWhoAnswers(Message message) {
    return message instanceof QuestionMessage.Attend
        || message instanceof QuestionMessage.Answer
        || message instanceof QuestionMessage.Preview
        || message instanceof QuestionMessage.Inspect
        || message instanceof QuestionMessage.Dismiss
        || message instanceof QuestionMessage.DenyRest;
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
    for (Run run : runs.values()) {
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
    Run run = new Run(register.token(), client, register.application().on(machine));
    runs.put(register.token(), run);
    client.session(new Session.Launcher(run));
    client.send(new Message.Welcome(decider.epoch()));
    PolicyNotices.warnings(decider.policy(), clock.instant()).forEach(run::notice);
    named(run, run.application());
    consoles.run(run.info(machine));
  }

  private Application named(Run run, Application measured) {
    AppMatch match = decider.match(measured);
    match.notices().forEach(run::notice);
    return measured.withId(match.id());
  }

  private void fromLauncher(Client client, Run run, Message message) throws IOException {
    if (message instanceof Message.Started started) {
      run.started(started.pid());
    } else if (message instanceof Message.Measured measured) {
      admit(run, run.measured(measured.id()), measured.application().on(machine));
    } else if (message instanceof Message.SourcesMeasured measured) {
      run.sources().measured(measured);
    } else if (message instanceof Message.Unmeasured unmeasured) {
      Client agent = run.measured(unmeasured.id());
      if (agent != null) {
        agent.refuse("its process can't be identified: " + unmeasured.why());
      }
    } else if (message instanceof Message.Finish finish) {
      run.finish();
      client.send(run.summary(finish.id(), decider.policy()));
      consoles.run(run.info(machine));
    } else {
      throw new IOException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  private void admit(Run run, Client agent, Application measured) {
    if (agent == null) {
      return;
    }
    agent.session(new Session.Agent(run, named(run, measured)));
    agent.send(new Message.Welcome(decider.epoch()));
    consoles.run(run.info(machine));
  }

  @Override
  public void gone(Client client) {
    judging.questions().gone(client);
    consoles.remove(client);
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
      consoles.run(run.info(machine));
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
