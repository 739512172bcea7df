package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.record.EventRecord;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordSink;
import io.github.appaware.server.Question.Waiting;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives each event its verdict: from the policy, from the answers of its run, or from a person. It
 * is in the record before it is told. Safe for all threads.
 */
final class EventAuthorizer implements QuestionQueue.VerdictSource {
  /** Told when the record fails: nothing may happen unrecorded. */
  interface RecordLoss {
    /** Cached verdicts must die. */
    void lost(Run run, IOException why);
  }

  private final ActivePolicy activePolicy;
  private final EventRecord record;
  private final Clock clock;
  private final DecisionService.Setup setup;
  private final ServerSockets own;
  private final RecordLoss loss;
  private final QuestionQueue questions;

  /** For one server. */
  EventAuthorizer(
      ActivePolicy activePolicy,
      EventRecord record,
      Clock clock,
      DecisionService.Setup setup,
      RecordLoss loss) {
    this.activePolicy = activePolicy;
    this.record = record;
    this.clock = clock;
    this.setup = setup;
    this.own = new ServerSockets(setup.socket());
    this.loss = loss;
    this.questions = new QuestionQueue(this, new Responders(clock, setup.patience()));
  }

  QuestionQueue questions() {
    return questions;
  }

  /** Answers an agent, now or when a person did. */
  void ask(ClientConnection client, Message.Ask ask, Origin origin) {
    long since = System.nanoTime();
    Waiting waiting = new Waiting(client, ask.id(), ask.event(), origin, since, false);
    PolicyVerdict policyVerdict = rule(waiting);
    Verdict decided =
        policyVerdict.isOpen()
            ? answered(waiting, policyVerdict).orElse(null)
            : policyVerdict.verdict();
    if (decided == null) {
      questions.ask(waiting, policyVerdict.verdict());
    } else {
      settle(waiting, decided);
    }
  }

  private PolicyVerdict rule(Waiting waiting) {
    Event event = waiting.event();
    if (!(event instanceof Event.Unix unix)) {
      return activePolicy.decide(waiting.agent().application(), event, waiting.origin());
    }
    // Agents connect unasked, before anything of the application runs.
    if (own.isMeant(unix)) {
      return new PolicyVerdict(Verdict.denied(Reason.Kind.PROTECTED), false, Verdict.Reuse.NOTHING);
    }
    // The next time, the same path may be a link to our socket.
    return activePolicy.decide(waiting.agent().application(), event, waiting.origin()).once();
  }

  @Override
  public Optional<Verdict> verdict(Waiting waiting) {
    PolicyVerdict policyVerdict = rule(waiting);
    return policyVerdict.isOpen()
        ? answered(waiting, policyVerdict)
        : Optional.of(policyVerdict.verdict());
  }

  private Optional<Verdict> answered(Waiting waiting, PolicyVerdict policyVerdict) {
    ClientSession.Agent agent = waiting.agent();
    return agent
        .run()
        .answers()
        .decide(agent.application(), waiting.event(), waiting.origin(), clock.instant())
        .map(
            answer ->
                new Verdict(
                    answer.action() == Action.ALLOW,
                    answer.reason(),
                    VerdictReuse.both(answer.reuse(), policyVerdict.reuse()),
                    policyVerdict.verdict().epoch()));
  }

  @Override
  public void settle(Waiting waiting, Verdict verdict) {
    Upstream upstream = setup.upstream();
    if (upstream == null) {
      tell(waiting, verdict);
    } else if (verdict.allowed()) {
      upstream.ask(
          waiting.client(),
          waiting.event(),
          waiting.origin(),
          millis -> waiting.client().send(new Message.Asked(waiting.ask(), millis)),
          remote -> tell(waiting, StricterVerdict.of(verdict, remote)));
    } else {
      long now = clock.millis();
      upstream.used(
          waiting.client(), new Message.Used(waiting.event(), waiting.origin(), verdict, 1, now));
      tell(waiting, verdict);
    }
  }

  /** Writes it down, then tells it. */
  private void tell(Waiting waiting, Verdict verdict) {
    ClientSession.Agent agent = waiting.agent();
    boolean recorded = note(agent, waiting.event(), waiting.origin(), verdict, 1, clock.instant());
    if (verdict.reason().kind() == Reason.Kind.NOBODY && setup.upstream() == null) {
      Application app = agent.application();
      agent
          .run()
          .unasked()
          .add(
              app,
              waiting.event(),
              () -> activePolicy.priority(app, waiting.event(), waiting.origin()));
      agent.run().notice("nobody can be asked: what the policy leaves open is denied");
    }
    Verdict told = recorded ? verdict : Verdict.denied(Reason.Kind.UNRECORDED);
    waiting.client().reply(new Message.Decided(waiting.ask(), told));
    setup.meters().decided(told, System.nanoTime() - waiting.since(), waiting.asked());
  }

  /** Writes down that an agent used a verdict again. */
  void used(ClientConnection client, ClientSession.Agent agent, Message.Used used, Origin origin) {
    Instant time = Instant.ofEpochMilli(used.at());
    boolean unused = note(agent, used.event(), origin, used.verdict(), used.count(), time);
    setup.meters().reused(used.verdict(), used.count());
    if (setup.upstream() != null) {
      setup
          .upstream()
          .used(
              client,
              new Message.Used(used.event(), origin, used.verdict(), used.count(), used.at()));
    }
  }

  /** False when it is not in the record; from then on nothing is allowed any more. */
  private boolean note(
      ClientSession.Agent agent,
      Event event,
      Origin origin,
      Verdict verdict,
      int count,
      Instant time) {
    Run run = agent.run();
    try {
      record.write(
          new RecordEntry(time, run.name(), agent.application(), event, origin, verdict, count));
      run.counts().add(event, verdict, count);
      return true;
    } catch (RecordSink.TooLong e) {
      // What makes such lines must not be able to stop all others.
      run.counts().add(event, Verdict.denied(Reason.Kind.UNRECORDED), count);
      return false;
    } catch (IOException e) {
      run.counts().add(event, Verdict.denied(Reason.Kind.UNRECORDED), count);
      loss.lost(run, e);
      return false;
    }
  }

  @Override
  public void over(Verdict verdict) {
    setup.meters().questionOver(verdict);
  }

  @Override
  public Standing standing(ClientSession.Agent agent) {
    Application app = agent.application();
    if (!app.id().isEmpty()) {
      return Standing.KNOWN;
    }
    AppMatch match = activePolicy.match(app);
    return match.notices().isEmpty() ? Standing.NEW : Standing.CHANGED;
  }

  @Override
  public long patienceMillis() {
    return activePolicy.policy().askTimeout().toMillis();
  }
}
