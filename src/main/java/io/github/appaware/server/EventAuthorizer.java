package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Gives each event its verdict: from the policy, from the answers of its run, or from a person; and
 * where there is an upstream server, from that as well. The verdict is in the record before it is
 * sent. Safe for all threads.
 */
final class EventAuthorizer implements QuestionQueue.Authorizer, Closeable {
  private final ActivePolicy activePolicy;
  private final EventRecorder recorder;
  private final Clock clock;
  private final ServiceOptions options;
  private final ServerSockets ownSockets;
  private final ExpandedNames longerNames;
  private final QuestionQueue questions;
  private final Handovers handovers;
  private final String answersFile;

  /** For one server. */
  EventAuthorizer(
      ActivePolicy activePolicy,
      EventRecorder recorder,
      Clock clock,
      ServiceOptions options,
      String answersFile) {
    this.answersFile = answersFile;
    this.activePolicy = activePolicy;
    this.recorder = recorder;
    this.clock = clock;
    this.options = options;
    this.ownSockets = new ServerSockets(options.socket());
    this.handovers = new Handovers(options.peers());
    // Of processes on other machines nothing is known.
    SearchDomains domains = new SearchDomains(Path.of("/proc"));
    this.longerNames =
        new ExpandedNames(
            activePolicy, options.socket() == null ? pid -> List.of() : domains::of, clock);
    this.questions = new QuestionQueue(this, new Responders(clock, options.responderReturn()));
  }

  QuestionQueue questions() {
    return questions;
  }

  /** Sends an agent its verdict, now or once a person has answered. */
  void ask(ClientConnection client, Message.Ask message, Origin origin) {
    long since = System.nanoTime();
    ClientSession.AgentSession agent = (ClientSession.AgentSession) client.session().orElseThrow();
    Origin from = origin;
    if (agent.guard()) {
      Optional<Verdict> known = passOf(agent, message.event());
      if (known.isPresent()) {
        client.reply(new Message.Decided(message.id(), known.get())); // on record already
        return;
      }
      from = agent.run().passes().isJvm(agent.application().pid()) ? Origin.NATIVE : origin;
      agent = asAgent(client, agent);
    }
    Event event = identify(agent, message.event());
    PendingAsk ask = new PendingAsk(client, message.id(), event, from, since, false);
    PolicyVerdict byPolicy = decideByPolicy(ask);
    Optional<Verdict> verdict = decide(ask, byPolicy);
    if (verdict.isPresent()) {
      deliver(ask, verdict.get());
    } else {
      questions.ask(ask, byPolicy.verdict());
    }
  }

  /** What the agent in the same process was allowed, is not decided a second time. */
  private Optional<Verdict> passOf(ClientSession.AgentSession guard, Event event) {
    return guard
        .run()
        .passes()
        .take(
            guard.application().pid(),
            event,
            activePolicy.epoch(),
            pass -> {
              if (options.upstream() != null) {
                return Optional.empty(); // that one must be asked again, too
              }
              Application app = pass.application();
              Verdict now = activePolicy.decide(app, pass.event(), pass.origin()).verdict();
              return now.allowed() ? Optional.of(now) : Optional.empty();
            });
  }

  /** The guard speaks for a JVM whose agent has been measured meanwhile: it is that application. */
  private ClientSession.AgentSession asAgent(
      ClientConnection client, ClientSession.AgentSession guard) {
    Application jvm = guard.run().passes().application(guard.application().pid()).orElse(null);
    if (jvm == null || jvm.path().equals(guard.application().path())) {
      return guard;
    }
    Application app = jvm.withMachine(guard.run().machine()).withId(activePolicy.match(jvm).id());
    ClientSession.AgentSession known = new ClientSession.AgentSession(guard.run(), app, true);
    client.session(known);
    return known;
  }

  /** Of the server's own sockets the process is known. */
  private Event identify(ClientSession.AgentSession agent, Event event) {
    if (event instanceof Event.Unix unix && !agent.guard() && ownSockets.isMeant(unix)) {
      return event.withPeer(null);
    }
    EphemeralPorts ports = agent.run().ephemeralPorts();
    ports.listens(event);
    return ports.tell(handovers.identify(agent, event));
  }

  /** The run's target has ended: what is known of its peers is to be complete. */
  void settle(Run run) {
    handovers.settle(run);
  }

  @Override
  public void close() {
    handovers.close();
    questions.close();
  }

  @Override
  public Optional<Verdict> decide(PendingAsk ask) {
    return decide(ask, decideByPolicy(ask));
  }

  private Optional<Verdict> decide(PendingAsk ask, PolicyVerdict byPolicy) {
    return byPolicy.isOpen() ? decideByAnswers(ask, byPolicy) : Optional.of(byPolicy.verdict());
  }

  private PolicyVerdict decideByPolicy(PendingAsk ask) {
    Event event = ask.event();
    if (event instanceof Event.Blind && ask.agent().run().isGuarded()) {
      Verdict seen =
          new Verdict(
              true, Reason.of(Reason.Kind.GUARDED), Verdict.Reuse.NOTHING, activePolicy.epoch());
      return new PolicyVerdict(seen, false, Verdict.Reuse.NOTHING);
    }
    if (!(event instanceof Event.Unix unix)) {
      Application app = ask.agent().application();
      PolicyVerdict asGiven = activePolicy.decide(app, event, ask.origin());
      return longerNames.decide(asGiven, app, event, ask.origin());
    }
    // The agent's own connection is made before anything of the application runs, without asking.
    if (ownSockets.isMeant(unix) && !(ask.agent().guard() && ownSockets.isOfRunInside(unix))) {
      return new PolicyVerdict(Verdict.denied(Reason.Kind.PROTECTED), false, Verdict.Reuse.NOTHING);
    }
    // The next time, the same path may be a link to our socket.
    return activePolicy.decide(ask.agent().application(), event, ask.origin()).once();
  }

  private Optional<Verdict> decideByAnswers(PendingAsk ask, PolicyVerdict byPolicy) {
    ClientSession.AgentSession agent = ask.agent();
    return agent
        .run()
        .answers()
        .decide(agent.application(), ask.event(), ask.origin(), clock.instant())
        .map(
            answer ->
                new Verdict(
                    answer.action() == Action.ALLOW,
                    answer.reason(),
                    VerdictReuse.both(answer.reuse(), byPolicy.reuse()),
                    byPolicy.verdict().epoch()))
        .or(
            () ->
                Optional.ofNullable(agent.run().followUps().take(ask.client(), ask.event()))
                    .map(user -> QuestionQueue.answer(true, user)));
  }

  @Override
  public void deliver(PendingAsk ask, Verdict verdict) {
    if (ask.isAsked() && verdict.allowed() && verdict.reason().kind() == Reason.Kind.ANSWER) {
      Application app = ask.agent().application();
      if (!app.changesNames()) { // else a name that it looks up is none of what it connects to
        ask.agent().run().followUps().allowed(ask.client(), ask.event(), verdict.reason().at());
      }
    }
    Upstream upstream = options.upstream();
    if (upstream == null) {
      reply(ask, verdict);
    } else if (verdict.allowed()) {
      AtomicBoolean told = new AtomicBoolean();
      upstream.ask(
          ask.client(),
          ask.event(),
          ask.origin(),
          millis -> askedElsewhere(ask, millis, told.getAndSet(true)),
          remote -> reply(ask, StricterVerdict.of(verdict, remote)));
    } else {
      long now = clock.millis();
      upstream.used(ask.client(), new Message.Used(ask.event(), ask.origin(), verdict, 1, now));
      reply(ask, verdict);
    }
  }

  /**
   * A person at the upstream server is asked: the agent waits longer, and the user is told why;
   * once, though there is more time when the operator begins to answer.
   */
  private void askedElsewhere(PendingAsk ask, long millis, boolean told) {
    ask.client().send(new Message.Asked(ask.id(), millis));
    if (told) {
      return;
    }
    ask.agent()
        .run()
        .notice(
            ask.event().describe()
                + " waits for an operator of the decision server, up to "
                + TimeUnit.MILLISECONDS.toSeconds(millis)
                + " s");
  }

  /** Records the verdict, then sends it. */
  private void reply(PendingAsk ask, Verdict verdict) {
    ClientSession.AgentSession agent = ask.agent();
    Instant now = clock.instant();
    boolean isRecorded = recorder.record(agent, ask.event(), ask.origin(), verdict, 1, now);
    if (!verdict.allowed() && options.upstream() == null) {
      noteUndecided(ask, verdict.reason().kind());
    }
    if (isRecorded && verdict.allowed()) {
      handovers.allowed(agent, ask.event(), event -> namesPeer(ask, event, verdict.reason()));
    }
    Verdict sent = isRecorded ? verdict : Verdict.denied(Reason.Kind.UNRECORDED);
    if (agent.run().isGuarded() && !agent.guard() && sent.allowed()) {
      agent.run().passes().add(agent.application(), ask.event(), ask.origin(), sent);
    }
    ask.client().reply(new Message.Decided(ask.id(), sent));
    options.meters().decided(sent, System.nanoTime() - ask.since(), ask.isAsked());
  }

  /** What no rule decides is told at the end, as the rules that would allow it. */
  private void noteUndecided(PendingAsk ask, Reason.Kind why) {
    if (why == Reason.Kind.NOBODY || why == Reason.Kind.DEFAULT || why == Reason.Kind.UNANSWERED) {
      ClientSession.AgentSession agent = ask.agent();
      Application app = agent.application();
      IntSupplier priority = () -> activePolicy.priority(app, ask.event(), ask.origin());
      agent.run().unasked().add(app, ask.event(), ask.origin(), priority);
      if (why == Reason.Kind.NOBODY) {
        agent.run().notice("no one to ask: events that the policy does not decide are denied");
      } else if (why == Reason.Kind.UNANSWERED && options.socket() != null) {
        agent.run().notice(LaterAnswer.of(app, ask.event(), priority.getAsInt(), answersFile));
      }
    }
  }

  /** Whether what allowed an event says that it may reach its peer. */
  private boolean namesPeer(PendingAsk ask, Event event, Reason reason) {
    Application app = ask.agent().application();
    if (reason.kind() == Reason.Kind.ANSWER) {
      // An upstream server's person was shown the peer as well.
      boolean isAsked = ask.isAsked() || options.upstream() != null;
      boolean isShown = isAsked && event.equals(ask.event());
      RunAnswers answers = ask.agent().run().answers();
      return isShown || answers.namesPeer(app, event, ask.origin(), clock.instant());
    }
    if (reason.kind() != Reason.Kind.RULE) {
      return false;
    }
    Rule rule = activePolicy.policy().deciding(app, event, ask.origin(), clock.instant());
    return rule != null && rule.action() == Action.ALLOW && rule.has(RuleKey.PEER);
  }

  /** Records that an agent used a verdict again. */
  void used(
      ClientConnection client, ClientSession.AgentSession agent, Message.Used used, Origin origin) {
    Instant time = Instant.ofEpochMilli(used.at());
    Event event = identify(agent, used.event());
    boolean unused = recorder.record(agent, event, origin, used.verdict(), used.count(), time);
    if (used.verdict().allowed()) {
      handovers.reused(agent, event, used.count());
    }
    options.meters().reused(used.verdict(), used.count());
    if (options.upstream() != null) {
      options
          .upstream()
          .used(client, new Message.Used(event, origin, used.verdict(), used.count(), used.at()));
    }
  }

  @Override
  public void questionClosed(Verdict verdict) {
    options.meters().questionClosed(verdict);
  }

  @Override
  public AppStanding standing(ClientSession.AgentSession agent) {
    Application app = agent.application();
    return AppStanding.of(app, activePolicy.match(app));
  }

  @Override
  public Duration answerTime(Run run) {
    boolean first = run.isFirstQuestion();
    return first ? activePolicy.policy().firstAskTimeout() : activePolicy.policy().askTimeout();
  }
}
