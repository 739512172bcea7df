package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.AppMatch;
import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
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
  private final PolicyStore store;
  private final Decider decider;
  private final EventRecord record;
  private final Clock clock;
  private final ServerSocketChannel socket;
  private final PolicyWatch watch;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private DecisionServer(
      ServerOptions options,
      PolicyStore store,
      Decider decider,
      EventRecord record,
      Clock clock,
      ServerSocketChannel socket) {
    this.options = options;
    this.store = store;
    this.decider = decider;
    this.record = record;
    this.clock = clock;
    this.socket = socket;
    this.watch = new PolicyWatch(store, decider, clock, this::policyChanged);
  }

  /**
   * Reads the policy, opens the record and listens.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the record or the socket can't be opened
   */
  public static DecisionServer open(ServerOptions options, String machine, Clock clock)
      throws IOException, PolicyException {
    return open(options, new FileStore(options.policies(), null), machine, clock);
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
    EventRecord record = EventRecord.open(options.log(), machine);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(options.socket()), 128);
    Decider decider = new Decider(policy, options.mode(), options.blind(), clock);
    return new DecisionServer(options, store, decider, record, clock, socket);
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
        agent.send(new Message.Epoch(epoch));
      }
    }
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
      fromLauncher(client, launcher.run(), message);
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
      sources.complete(ask.origin(), origin -> answer(client, agent, ask, origin));
    } else if (message instanceof Message.Used used) {
      if (used.count() < 1) {
        throw new IOException("a verdict used " + used.count() + " times");
      }
      sources.complete(used.origin(), origin -> noteUse(agent, used, origin));
    } else if (message instanceof Message.Flush flush) {
      client.send(new Message.Noted(flush.id()));
    } else {
      throw new IOException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  private void answer(Client client, Session.Agent agent, Message.Ask ask, Origin origin) {
    Verdict verdict = decider.decide(agent.application(), ask.event(), origin);
    boolean recorded = note(agent, ask.event(), origin, verdict, 1, clock.instant());
    client.send(
        new Message.Judged(ask.id(), recorded ? verdict : Verdict.denied(Reason.Kind.UNRECORDED)));
  }

  private void noteUse(Session.Agent agent, Message.Used used, Origin origin) {
    Instant time = Instant.ofEpochMilli(used.at());
    boolean unused = note(agent, used.event(), origin, used.verdict(), used.count(), time);
  }

  /** False when it is not in the record; from then on nothing is allowed any more. */
  private boolean note(
      Session.Agent agent, Event event, Origin origin, Verdict verdict, int count, Instant time) {
    Run run = agent.run();
    try {
      record.write(run.name(), agent.application(), event, origin, verdict, count, time);
      run.tally().add(event, verdict, count);
      return true;
    } catch (IOException e) {
      run.tally().add(event, Verdict.denied(Reason.Kind.UNRECORDED), count);
      run.notice(
          "the record "
              + options.log()
              + " can't be written ("
              + e.getMessage()
              + "): everything is denied from now on");
      policyChanged(decider.replace(decider.policy())); // cached verdicts would go unrecorded
      return false;
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
    Run run = new Run(register.token(), client);
    runs.put(register.token(), run);
    client.session(new Session.Launcher(run));
    client.send(new Message.Welcome(decider.epoch()));
    PolicyNotices.warnings(decider.policy(), clock.instant()).forEach(run::notice);
    named(run, register.application());
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
      admit(run, run.measured(measured.id()), measured.application());
    } else if (message instanceof Message.SourcesMeasured measured) {
      run.sources().measured(measured);
    } else if (message instanceof Message.Unmeasured unmeasured) {
      Client agent = run.measured(unmeasured.id());
      if (agent != null) {
        agent.refuse("its process can't be identified: " + unmeasured.why());
      }
    } else if (message instanceof Message.Finish finish) {
      run.finish();
      client.send(run.summary(finish.id()));
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
  }

  @Override
  public void gone(Client client) {
    Session session = client.session().orElse(null);
    if (session == null) {
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
