package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.AppMatch;
import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
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
final class Core implements Closeable {
  /**
   * What differs from server to server.
   *
   * @param machine the server's own name
   * @param mode what becomes of what the policy leaves open
   * @param blind what becomes of what leaves appaware's sight
   * @param log opens the record, or null for none
   * @param socket the server's own, which no application has business with, or null
   * @param superior who else must allow what this server allows, or null
   * @param meters count what happens
   * @param patience how long questions wait for somebody to ask, after the start and after a
   *     connection of such a one broke; zero for not at all
   */
  record Setup(
      String machine,
      Mode mode,
      OutOfSight blind,
      RecordSink.Opener log,
      Path socket,
      Superior superior,
      Meters meters,
      Duration patience) {}

  private final Setup setup;
  private final Clock clock;
  private final PolicyStore store;
  private final Decider decider;
  private final EventRecord record;
  private final PolicyWatch watch;
  private final Judging judging;
  private final Answering answering;
  private final Consoles consoles;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final AtomicBoolean isLossTold = new AtomicBoolean();
  private volatile Consumer<String> administrator = text -> {};

  private Core(
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
    this.decider =
        new Decider(policy, setup.mode(), setup.blind(), setup.superior() != null, clock);
    this.watch = new PolicyWatch(store, decider, clock, this::policyChanged);
    this.judging = new Judging(decider, record, clock, setup, this::recordLost);
    this.answering =
        new Answering(
            decider, judging.questions(), store, () -> watch.reload(this::noticeAll), clock);
  }

  /**
   * Reads the policy, then opens the record: a bad policy makes no file.
   *
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached, or the record not be opened
   */
  static Core open(Setup setup, PolicyStore store, Clock clock)
      throws IOException, PolicyException {
    Policy policy = store.load();
    Consoles consoles = new Consoles();
    RecordSink sink = setup.log() == null ? null : setup.log().open();
    EventRecord record = EventRecord.to(sink, setup.machine(), consoles, setup.meters());
    return new Core(setup, store, policy, record, consoles, clock);
  }

  /** From now on the policy is watched. */
  void start() {
    start(text -> {});
  }

  /**
   * As above.
   *
   * @param administrator told of what concerns the policy and the record, besides every run
   */
  void start(Consumer<String> administrator) {
    this.administrator = administrator;
    watch.start(
        text -> {
          administrator.accept(text);
          noticeAll(text);
        });
  }

  int epoch() {
    return decider.epoch();
  }

  Policy policy() {
    return decider.policy();
  }

  Judging judging() {
    return judging;
  }

  /** What the user should know about the policy. */
  Collection<String> warnings() {
    return PolicyNotices.warnings(decider.policy(), clock.instant());
  }

  ServerState state() {
    int agents = runs.values().stream().mapToInt(run -> run.agents().size()).sum();
    return new ServerState(
        decider.epoch(),
        runs.size(),
        agents,
        consoles.size(),
        judging.questions().size(),
        record.failure(),
        store.trouble());
  }

  Collection<Run> runs() {
    return runs.values();
  }

  Optional<Run> run(String key) {
    return Optional.ofNullable(runs.get(key));
  }

  void add(String key, Run run) {
    runs.put(key, run);
    changed(run);
  }

  void remove(String key) {
    Run gone = runs.remove(key);
    if (gone != null) {
      changed(gone);
    }
  }

  /** Consoles see it. */
  void changed(Run run) {
    consoles.run(run.info());
  }

  /** Void all cached verdicts, as something else than the policy changed. */
  void renew() {
    policyChanged(decider.replace(decider.policy()));
  }

  private void policyChanged(int epoch) {
    for (Run run : runs.values()) {
      run.agents().forEach(agent -> renew(agent, epoch));
    }
    judging.questions().reconsider(question -> true);
  }

  /** Another policy may give an application another id. */
  private void renew(Client client, int epoch) {
    synchronized (client) { // nothing comes before a welcome
      if (client.session().orElse(null) instanceof Session.Agent agent) {
        Application named = named(agent.run(), agent.application());
        client.session(new Session.Agent(agent.run(), named));
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
  void noticeAll(String text) {
    runs.values().forEach(run -> run.notice(text));
  }

  /** The application under the id that the policy gives it, on the machine that the run is on. */
  Application named(Run run, Application measured) {
    AppMatch match = decider.match(measured);
    match.notices().forEach(run::notice);
    return measured.on(run.machine()).withId(match.id());
  }

  /** Who an agent's process runs is known: it may ask from now on. */
  void admit(Run run, Client agent, Application measured) {
    Application application = named(run, measured);
    synchronized (agent) {
      agent.session(new Session.Agent(run, application));
      agent.send(new Message.Welcome(decider.epoch()));
    }
    changed(run);
  }

  /** A console has proved who it is. */
  void admit(Client console, Session.Console session) {
    console.session(session);
    console.send(new Message.Welcome(decider.epoch()));
    consoles.add(console);
    runs.values().forEach(run -> console.send(run.info()));
  }

  /**
   * What an agent says.
   *
   * @param measure completes an origin with what its jars contain
   */
  void fromAgent(Client client, Session.Agent agent, Message message, Consumer<Sourced> measure)
      throws IOException {
    if (message instanceof Message.Ask ask) {
      measure.accept(new Sourced(ask.origin(), origin -> judging.ask(client, ask, origin)));
    } else if (message instanceof Message.Used used) {
      if (used.count() < 1) {
        throw new WireException("a verdict used " + used.count() + " times");
      }
      measure.accept(
          new Sourced(used.origin(), origin -> judging.used(client, agent, used, origin)));
    } else if (message instanceof Message.Flush flush) {
      client.reply(new Message.Noted(flush.id()));
    } else {
      throw new WireException("not for a server: " + message.getClass().getSimpleName());
    }
  }

  /** Somebody who may answer says something; false when it is not about questions. */
  boolean fromWhoAnswers(Client client, String who, Message message) {
    if (!isFromWhoAnswers(message)) {
      return false;
    }
    answering.receive(client, who, (QuestionMessage) message);
    return true;
  }

  /** Until what was answered so far is kept, some seconds at most. */
  void awaitAnswers() {
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
  void gone(Client client) {
    judging.questions().gone(client);
    consoles.remove(client);
    if (setup.superior() != null) {
      setup.superior().gone(client);
    }
  }

  @Override
  public void close() throws IOException {
    answering.close();
    watch.close();
    judging.questions().close();
    isLossTold.set(true); // what comes too late is told by the closed connections
    store.close();
    record.close();
  }
}
