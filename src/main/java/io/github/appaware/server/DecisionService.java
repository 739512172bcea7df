package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What every decision server does, whoever it serves and however they reach it: policy, verdicts,
 * questions, consoles, the record, and the runs that it knows. Safe for all threads.
 */
public final class DecisionService implements Closeable {
  /**
   * What differs from server to server.
   *
   * @param machine the server's own name
   * @param mode what becomes of what the policy leaves open
   * @param blind what becomes of what leaves appaware's sight
   * @param log opens the record, or null for none
   * @param socket the server's own, which no application has business with, or null
   * @param upstream who else must allow what this server allows, or null
   * @param meters count what happens
   * @param patience how long questions wait for somebody to ask, after the start and after a
   *     connection of such a one broke; zero for not at all
   */
  public record Setup(
      String machine,
      Mode mode,
      BlindMode blind,
      RecordSink.Opener log,
      Path socket,
      Upstream upstream,
      ServerMeters meters,
      Duration patience) {}

  private final Setup setup;
  private final Clock clock;
  private final PolicyStore store;
  private final ActivePolicy activePolicy;
  private final EventRecord record;
  private final PolicyWatcher watch;
  private final EventAuthorizer authorizer;
  private final AnswerHandler answering;
  private final Consoles consoles;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final AtomicBoolean isLossTold = new AtomicBoolean();
  private volatile Consumer<String> administrator = text -> {};

  private DecisionService(
      Setup setup,
      PolicyStore store,
      Policy policy,
      EventRecord record,
      Consoles consoles,
      Clock clock) {
    this.setup = setup;
    this.clock = clock;
    this.store = store;
    this.record = record;
    this.consoles = consoles;
    this.activePolicy =
        new ActivePolicy(policy, setup.mode(), setup.blind(), setup.upstream() != null, clock);
    this.watch = new PolicyWatcher(store, activePolicy, clock, this::policyChanged);
    this.authorizer = new EventAuthorizer(activePolicy, record, clock, setup, this::recordLost);
    this.answering =
        new AnswerHandler(
            activePolicy,
            authorizer.questions(),
            store,
            () -> watch.reload(this::noticeAll),
            clock);
  }

  /**
   * Reads the policy, then opens the record: a bad policy makes no file.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached, or the record not be opened
   */
  public static DecisionService open(Setup setup, PolicyStore store, Clock clock)
      throws IOException, PolicyException {
    Policy policy = store.load();
    Consoles consoles = new Consoles();
    RecordSink sink = setup.log() == null ? null : setup.log().open();
    EventRecord record = EventRecord.to(sink, setup.machine(), consoles, setup.meters());
    return new DecisionService(setup, store, policy, record, consoles, clock);
  }

  /** From now on the policy is watched. */
  public void start() {
    start(text -> {});
  }

  /**
   * As above.
   *
   * @param administrator told of what concerns the policy and the record, besides every run
   */
  public void start(Consumer<String> administrator) {
    this.administrator = administrator;
    watch.start(
        text -> {
          administrator.accept(text);
          noticeAll(text);
        });
  }

  public int epoch() {
    return activePolicy.epoch();
  }

  public Policy policy() {
    return activePolicy.policy();
  }

  /** What the user should know about the policy. */
  public Collection<String> warnings() {
    return PolicyNotices.warnings(activePolicy.policy(), clock.instant());
  }

  public ServerState state() {
    int agents = runs.values().stream().mapToInt(run -> run.agents().size()).sum();
    return new ServerState(
        activePolicy.epoch(),
        runs.size(),
        agents,
        consoles.size(),
        authorizer.questions().size(),
        record.failure(),
        store.trouble());
  }

  public Collection<Run> runs() {
    return runs.values();
  }

  public Optional<Run> run(String key) {
    return Optional.ofNullable(runs.get(key));
  }

  public void add(String key, Run run) {
    runs.put(key, run);
    changed(run);
  }

  public void remove(String key) {
    Run gone = runs.remove(key);
    if (gone != null) {
      changed(gone);
    }
  }

  /** Consoles see it. */
  public void changed(Run run) {
    consoles.run(run.info());
  }

  /** Void all cached verdicts, as something else than the policy changed. */
  public void renew() {
    policyChanged(activePolicy.replace(activePolicy.policy()));
  }

  private void policyChanged(int epoch) {
    for (Run run : runs.values()) {
      run.agents().forEach(agent -> renew(agent, epoch));
    }
    authorizer.questions().reconsider(question -> true);
  }

  /** Another policy may give an application another id. */
  private void renew(ClientConnection client, int epoch) {
    synchronized (client) { // nothing comes before a welcome
      if (client.session().orElse(null) instanceof ClientSession.Agent agent) {
        Application named = named(agent.run(), agent.application());
        client.session(new ClientSession.Agent(agent.run(), named));
        client.send(new Message.Epoch(epoch));
      }
    }
  }

  private void recordLost(Run run, IOException why) {
    String text =
        "the record "
            + record.name()
            + " can't be written ("
            + why.getMessage()
            + "): everything is denied from now on";
    run.notice(text);
    if (isLossTold.compareAndSet(false, true)) {
      administrator.accept(text);
    }
    renew(); // cached verdicts would go unrecorded
  }

  /** Tells whoever is in charge of any run. */
  public void noticeAll(String text) {
    runs.values().forEach(run -> run.notice(text));
  }

  /** The application under the id that the policy gives it, on the machine that the run is on. */
  public Application named(Run run, Application measured) {
    AppMatch match = activePolicy.match(measured);
    match.notices().forEach(run::notice);
    return measured.withMachine(run.machine()).withId(match.id());
  }

  /** Who an agent's process runs is known: it may ask from now on. */
  public void admit(Run run, ClientConnection agent, Application measured) {
    Application application = named(run, measured);
    synchronized (agent) {
      agent.session(new ClientSession.Agent(run, application));
      agent.send(new Message.Welcome(activePolicy.epoch()));
    }
    changed(run);
  }

  /** A console has proved who it is. */
  public void admit(ClientConnection console, ClientSession.Console session) {
    console.session(session);
    console.send(new Message.Welcome(activePolicy.epoch()));
    consoles.add(console);
    runs.values().forEach(run -> console.send(run.info()));
  }

  /**
   * What an agent says.
   *
   * @param measure completes an origin with what its jars contain
   */
  public void fromAgent(
      ClientConnection client,
      ClientSession.Agent agent,
      Message message,
      Consumer<SourcedOrigin> measure)
      throws IOException {
    if (message instanceof Message.Ask ask) {
      measure.accept(
          new SourcedOrigin(ask.origin(), origin -> authorizer.ask(client, ask, origin)));
    } else if (message instanceof Message.Used used) {
      if (used.count() < 1) {
        throw new WireException("a verdict used " + used.count() + " times");
      }
      measure.accept(
          new SourcedOrigin(used.origin(), origin -> authorizer.used(client, agent, used, origin)));
    } else if (message instanceof Message.Flush flush) {
      client.reply(new Message.Noted(flush.id()));
    } else {
      throw new WireException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  /** Somebody who may answer says something; false when it is not about questions. */
  public boolean fromWhoAnswers(ClientConnection client, String who, Message message) {
    if (!isFromWhoAnswers(message)) {
      return false;
    }
    answering.receive(client, who, (QuestionMessage) message);
    return true;
  }

  /**
   * Answers when everything that this client answered before is in force, and stored or refused.
   */
  public void flush(ClientConnection client, Message.Flush flush) {
    answering.flush(client, flush);
  }

  /** Until what was answered so far is kept, some seconds at most. */
  public void awaitAnswers() {
    answering.await();
  }

  private static boolean isFromWhoAnswers(Message message) {
    return message instanceof QuestionMessage.Attend
        || message instanceof QuestionMessage.Answer
        || message instanceof QuestionMessage.Preview
        || message instanceof QuestionMessage.Inspect
        || message instanceof QuestionMessage.Dismiss
        || message instanceof QuestionMessage.DenyRest;
  }

  /** A connection is gone, whoever's it was. */
  public void gone(ClientConnection client) {
    authorizer.questions().gone(client);
    consoles.remove(client);
    if (setup.upstream() != null) {
      setup.upstream().gone(client);
    }
  }

  @Override
  public void close() throws IOException {
    answering.close();
    watch.close();
    authorizer.questions().close();
    isLossTold.set(true); // what comes too late is told by the closed connections
    store.close();
    record.close();
  }
}
