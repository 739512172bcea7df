package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.EventRecord;
import io.github.appaware.record.RecordSink;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.WireException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What all decision servers do, however clients reach them: policy, verdicts, questions, consoles,
 * the record, and the known runs. Safe for all threads.
 */
public final class DecisionService implements Closeable {
  /** Characters of a command line that an event carries. */
  private static final int MAX_COMMAND = 1_000;

  private final ServiceOptions options;
  private final Clock clock;
  private final PolicyStore store;
  private final ActivePolicy activePolicy;
  private final EventRecord record;
  private final PolicyWatcher watcher;
  private final EventRecorder recorder;
  private final EventAuthorizer authorizer;
  private final AnswerHandler answers;
  private final Consoles consoles;
  private final RunRegistry runs;
  private final AtomicBoolean isFailureReported = new AtomicBoolean();

  /** What the agents were told last. */
  private List<Address> nameServers;

  private volatile Consumer<String> administrator = text -> {};

  private DecisionService(
      ServiceOptions options,
      PolicyStore store,
      Policy policy,
      EventRecord record,
      Consoles consoles,
      Clock clock) {
    this.options = options;
    this.clock = clock;
    this.store = store;
    this.record = record;
    this.consoles = consoles;
    this.runs = new RunRegistry(consoles);
    this.nameServers = policy.nameServers();
    this.activePolicy =
        new ActivePolicy(
            policy, options.mode(), options.blind(), options.upstream() != null, clock);
    this.watcher = new PolicyWatcher(store, activePolicy, clock, this::policyChanged);
    this.recorder = new EventRecorder(record, options.mode().isLearning(), this::recordFailed);
    this.authorizer = new EventAuthorizer(activePolicy, recorder, clock, options, store.answers());
    AnswerWriter writer =
        new AnswerWriter(activePolicy, store, () -> watcher.reload(runs::noticeAll), clock);
    GivenAnswers given =
        new GivenAnswers(store, () -> watcher.reload(runs::noticeAll), this::renew);
    this.answers = new AnswerHandler(activePolicy, authorizer.questions(), writer, given, clock);
  }

  /**
   * Reads the policy, then opens the record: a bad policy makes no file.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached or the record can't be opened
   */
  public static DecisionService open(ServiceOptions options, PolicyStore store, Clock clock)
      throws IOException, PolicyException {
    Policy policy = store.load();
    Consoles consoles = new Consoles();
    RecordSink sink = options.log() == null ? null : options.log().open();
    EventRecord record = EventRecord.to(sink, options.machine(), consoles, options.meters());
    return new DecisionService(options, store, policy, record, consoles, clock);
  }

  /** Watches the policy from now on. */
  public void start() {
    start(text -> {});
  }

  /**
   * As above.
   *
   * @param administrator receives what concerns the policy and the record, as the runs do
   */
  public void start(Consumer<String> administrator) {
    this.administrator = administrator;
    watcher.start(
        text -> {
          administrator.accept(text);
          runs.noticeAll(text);
        });
  }

  public int epoch() {
    return activePolicy.epoch();
  }

  public Policy policy() {
    return activePolicy.policy();
  }

  public RunRegistry runs() {
    return runs;
  }

  /** What the user should know about the policy. */
  public Collection<String> warnings() {
    return PolicyWarnings.of(activePolicy.policy(), clock.instant());
  }

  public ServerState state() {
    return new ServerState(
        activePolicy.epoch(),
        runs.all().size(),
        runs.agents(),
        consoles.size(),
        authorizer.questions().size(),
        record.failure(),
        store.trouble());
  }

  /** Makes all cached verdicts invalid although the policy is the same. */
  public void renew() {
    policyChanged(activePolicy.replace(activePolicy.policy()));
  }

  private synchronized void policyChanged(int epoch) {
    List<Address> servers = activePolicy.policy().nameServers();
    Message news = servers.equals(nameServers) ? null : new Message.NameServers(servers);
    nameServers = servers;
    for (Run run : runs.all()) {
      run.clients().forEach(client -> renew(client, epoch, news));
    }
    authorizer.questions().reconsider(question -> true);
  }

  /** Another policy may give an application another id. */
  private void renew(ClientConnection client, int epoch, Message news) {
    synchronized (client) { // a welcome comes first
      if (client.session().orElse(null) instanceof ClientSession.AgentSession agent) {
        Application app = withPolicyId(agent.run(), agent.application());
        client.session(new ClientSession.AgentSession(agent.run(), app, agent.guard()));
        if (news != null) {
          client.send(news);
        }
        client.send(new Message.Epoch(epoch));
      }
    }
  }

  private void recordFailed(Run run, IOException why) {
    String text =
        "the record "
            + record.name()
            + " can't be written ("
            + why.getMessage()
            + "): everything is denied from now on";
    run.notice(text);
    if (isFailureReported.compareAndSet(false, true)) {
      administrator.accept(text);
    }
    renew(); // events with cached verdicts would go unrecorded
  }

  /** The application under the id that the policy gives it, on the machine of the run. */
  public Application withPolicyId(Run run, Application measured) {
    AppMatch match = activePolicy.match(measured);
    match.notices().forEach(run::notice);
    return identified(run, measured, match);
  }

  private static Application identified(Run run, Application measured, AppMatch match) {
    return measured.withMachine(run.machine()).withId(match.id());
  }

  /**
   * Accepts an agent whose application is known: it may ask from now on. The welcome comes first,
   * notices that may go to the agent itself after it.
   */
  public void admit(Run run, ClientConnection agent, Application measured) {
    run.passes().admitted(measured);
    admit(run, agent, measured, false);
  }

  /** Accepts the guard on behalf of a process; likewise. */
  public void admitGuard(Run run, ClientConnection guard, Application measured) {
    admit(run, guard, measured, true);
  }

  private void admit(Run run, ClientConnection agent, Application measured, boolean isGuard) {
    AppMatch match = activePolicy.match(measured);
    Application application = identified(run, measured, match);
    synchronized (agent) {
      agent.session(new ClientSession.AgentSession(run, application, isGuard));
      agent.send(new Message.Welcome(activePolicy.epoch()));
      List<Address> servers = activePolicy.policy().nameServers();
      if (!servers.isEmpty()) {
        agent.send(new Message.NameServers(servers));
      }
    }
    match.notices().forEach(run::notice);
    runs.changed(run);
  }

  /** Accepts a console that proved its identity. */
  public void admit(ClientConnection console, ClientSession.ConsoleSession session) {
    console.session(session);
    console.send(new Message.Welcome(activePolicy.epoch()));
    consoles.add(console);
    runs.all().forEach(run -> console.send(run.info()));
  }

  /**
   * Handles a message of an agent.
   *
   * @param measure completes an origin with what its jars contain
   */
  public void receiveFromAgent(
      ClientConnection client,
      ClientSession.AgentSession agent,
      Message message,
      Consumer<PendingOrigin> measure)
      throws IOException {
    if (message instanceof Message.Ask ask) {
      measure.accept(
          new PendingOrigin(ask.origin(), origin -> authorizer.ask(client, ask, origin)));
    } else if (message instanceof Message.Used used) {
      if (used.count() < 1) {
        throw new WireException("a verdict used " + used.count() + " times");
      }
      measure.accept(
          new PendingOrigin(used.origin(), origin -> authorizer.used(client, agent, used, origin)));
    } else if (message instanceof Message.Flush flush) {
      client.reply(new Message.Noted(flush.id()));
    } else {
      throw new WireException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  /** Handles a message of a client that may answer; false when it is not about questions. */
  public boolean receiveFromResponder(ClientConnection client, String user, Message message) {
    if (!isFromResponder(message)) {
      return false;
    }
    answers.receive(client, user, (QuestionMessage) message);
    return true;
  }

  private static boolean isFromResponder(Message message) {
    return message instanceof QuestionMessage.Attend
        || message instanceof QuestionMessage.Answer
        || message instanceof QuestionMessage.Preview
        || message instanceof QuestionMessage.Inspect
        || message instanceof QuestionMessage.Pin
        || message instanceof QuestionMessage.Dismiss
        || message instanceof QuestionMessage.DenyRest
        || message instanceof QuestionMessage.Engage
        || message instanceof QuestionMessage.TakeBack
        || message instanceof QuestionMessage.Announce;
  }

  /**
   * Answers when everything that this client answered before is in force, and stored or refused.
   */
  public void flush(ClientConnection client, Message.Flush flush) {
    answers.flush(client, flush);
  }

  /** Waits, a few seconds at most, until the answers so far are stored. */
  public void awaitAnswers() {
    answers.await();
  }

  /** Records that a process of the run reached for what is appaware's own, and was refused. */
  public void refused(Run run, long pid, Event event) {
    Application application = run.application().toBuilder().pid(pid).build();
    boolean unused =
        recorder.record(
            new ClientSession.AgentSession(run, application),
            event,
            Origin.UNKNOWN,
            Verdict.denied(Reason.Kind.PROTECTED),
            1,
            clock.instant());
  }

  /** Records that no agent reported in a run, so that nothing of it was judged. */
  public void unjudged(Run run) {
    String command = String.join(" ", run.application().command());
    long pid = run.target().map(ProcessHandle::pid).orElse(0L);
    unjudged(run, new Message.Unjudged(pid, command, 1, clock.millis()));
  }

  /**
   * Records processes of a run that have no agent: of what they did on the network, nothing was
   * judged.
   */
  public void unjudged(Run run, Message.Unjudged programs) {
    String command = programs.command();
    String shown =
        command.length() <= MAX_COMMAND ? command : command.substring(0, MAX_COMMAND) + "...";
    Application application = run.application().toBuilder().pid(programs.pid()).build();
    run.unjudged(programs.pid());
    boolean unused =
        recorder.record(
            new ClientSession.AgentSession(run, application),
            new Event.Blind(Event.Blind.Way.PROCESS, shown),
            Origin.UNKNOWN,
            new Verdict(true, Reason.of(Reason.Kind.BLIND), Verdict.Reuse.NOTHING, epoch()),
            programs.count(),
            Instant.ofEpochMilli(programs.at()));
  }

  /** A run is over, or says so: its record is made complete. */
  public void recordAll(Run run) {
    authorizer.settle(run);
    recorder.finish(run);
  }

  /** Any connection is gone. */
  public void gone(ClientConnection client) {
    authorizer.questions().gone(client);
    answers.gone(client);
    consoles.remove(client);
    if (options.upstream() != null) {
      options.upstream().gone(client);
    }
  }

  @Override
  public void close() throws IOException {
    answers.close();
    watcher.close();
    authorizer.close();
    runs.all().forEach(recorder::finish);
    isFailureReported.set(true); // from here on the connections are closed anyway
    store.close();
    record.close();
  }
}
