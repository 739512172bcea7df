package io.github.appaware.server;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The questions that wait for a person. Asks with the same answer are one question. Whatever an
 * answer, an edit of the policy or the end of a run covers is decided at once, for all agents; what
 * is not answered in time is denied. Safe for all threads; nothing is written to disk or sent to an
 * agent as a verdict while the lock is held.
 */
final class QuestionQueue implements Closeable {
  /** Decides events and delivers verdicts: an answer reaches an agent through this alone. */
  interface Authorizer {
    /** The verdict by now; empty while a person is to be asked. */
    Optional<Verdict> decide(PendingAsk ask);

    /** Records the verdict, then sends it. */
    void deliver(PendingAsk ask, Verdict verdict);

    /** A question is closed, the last of its asks with this verdict. */
    void questionClosed(Verdict verdict);

    /** What the policy knows of the application. */
    AppStanding standing(ClientSession.AgentSession agent);

    /** How long a person has to answer. */
    Duration answerTime(Run run);
  }

  private final Authorizer authorizer;
  private final OpenQuestions open = new OpenQuestions();
  private final Responders responders;
  private final ScheduledExecutorService timer = DaemonThreads.timer("questions");
  private final QuestionAnnouncer announcer;
  private long ids;

  QuestionQueue(Authorizer authorizer, Responders responders) {
    this.authorizer = authorizer;
    this.responders = responders;
    this.announcer =
        new QuestionAnnouncer(open, responders, authorizer::standing, timer, this::refresh);
  }

  /**
   * Asks a person; decides at once when that is not possible.
   *
   * @param unanswerable the verdict when there is no responder
   */
  void ask(PendingAsk ask, Verdict unanswerable) {
    PendingAsk asked = ask.asked();
    Verdict refused = enqueue(asked, unanswerable);
    if (refused != null) {
      authorizer.deliver(ask, refused);
    } else {
      // An answer given in between did not find this in the queue.
      authorizer.decide(asked).ifPresent(verdict -> complete(asked, verdict));
    }
  }

  /** Null when it waits now, else the verdict. */
  private synchronized Verdict enqueue(PendingAsk ask, Verdict unanswerable) {
    QuestionKey key = QuestionKey.of(ask.agent(), ask.event());
    if (ask.client().isGone()) {
      return Verdict.denied(Reason.Kind.GONE); // its asks were removed already
    }
    if (!responders.isAnyFor(key.run())) {
      return unanswerable;
    }
    if (open.isFullFor(ask, key)) {
      key.run().notice("too many open questions: further ones are denied until some are answered");
      return Verdict.denied(Reason.Kind.FLOOD);
    }
    OpenQuestion known = open.get(key);
    OpenQuestion question = known == null ? open(key, unanswerable) : known;
    question.add(ask);
    question.tries++;
    ask.client().send(new Message.Asked(ask.id(), question.remainingMillis()));
    if (known == null) {
      announcer.opened(question);
    } else {
      announcer.changed(question);
    }
    return null;
  }

  private OpenQuestion open(QuestionKey key, Verdict unanswerable) {
    long millis = authorizer.answerTime(key.run()).toMillis();
    OpenQuestion question = new OpenQuestion(++ids, key, millis, unanswerable);
    schedule(question);
    open.add(question);
    return question;
  }

  private void schedule(OpenQuestion question) {
    if (question.timeout != null) {
      question.timeout.cancel(false);
    }
    long millis = question.remainingMillis();
    question.timeout = timer.schedule(() -> timeOut(question), millis, TimeUnit.MILLISECONDS);
  }

  /** A person at this client answers: until it leaves the question, its time stands still. */
  synchronized void engage(ClientConnection client, long id) {
    OpenQuestion question = find(client, id).orElse(null);
    if (question != null && question.engage(client)) {
      reschedule(question);
    }
  }

  /** Agents and other responders are told of the new end. */
  private void reschedule(OpenQuestion question) {
    schedule(question);
    long millis = question.remainingMillis();
    question.asks.forEach(ask -> ask.client().send(new Message.Asked(ask.id(), millis)));
    announcer.changed(question);
  }

  private void timeOut(OpenQuestion question) {
    synchronized (this) {
      if (open.has(question) && question.remainingMillis() > 0) {
        schedule(question); // it was engaged meanwhile
        return;
      }
    }
    boolean unused = complete(question, Verdict.denied(Reason.Kind.UNANSWERED), "");
  }

  private void refresh() {
    synchronized (this) {
      announcer.refresh();
    }
    denyUnanswerable(); // a responder that was expected may not have come back
  }

  /** Whether this client is asked from now on. */
  void attend(ClientConnection client, boolean able) {
    boolean left;
    synchronized (this) {
      left = !able && responders.remove(client);
      if (left) {
        open.matching(question -> true).forEach(question -> disengage(question, client));
      }
      if (able && responders.add(client)) {
        announcer.respondersChanged();
      }
    }
    if (left) {
      synchronized (this) {
        announcer.respondersChanged(); // those that stay may be the only ones now
      }
      denyUnanswerable();
    }
  }

  /** This client is told of questions from now on, which wait for others. */
  synchronized void announce(ClientConnection client) {
    if (responders.announce(client)) {
      announcer.respondersChanged();
    }
  }

  private void denyUnanswerable() {
    List<OpenQuestion> unanswerable;
    synchronized (this) {
      unanswerable = open.matching(responders::isUnanswerable);
    }
    for (OpenQuestion question : unanswerable) {
      boolean unused = complete(question, question.unanswerable, "");
    }
  }

  /** Any connection is gone. */
  void gone(ClientConnection client) {
    boolean wasResponder;
    synchronized (this) {
      wasResponder = responders.disconnected(client);
      open.matching(question -> true).forEach(question -> disengage(question, client));
    }
    if (wasResponder) {
      synchronized (this) {
        announcer.respondersChanged();
      }
      denyUnanswerable();
    }
    Verdict gone = Verdict.denied(Reason.Kind.GONE);
    List<PendingAsk> removed;
    synchronized (this) {
      removed = open.removeAsksOf(client);
      open.matching(question -> question.asks.isEmpty())
          .forEach(question -> close(question, gone, "", gone.reason().describe()));
    }
    // The agent can't receive it, but the record is to be complete.
    removed.forEach(each -> authorizer.deliver(each, gone));
  }

  /** This client leaves the question to others; once all did, it is denied. */
  void dismiss(ClientConnection client, long id) {
    OpenQuestion left = null;
    synchronized (this) {
      OpenQuestion question = find(client, id).orElse(null);
      if (question != null) {
        question.dismissed.add(client);
        disengage(question, client);
        announcer.changed(question);
        left = responders.isDismissedByAll(question) ? question : null;
      }
    }
    if (left != null) {
      boolean unused = complete(left, Verdict.denied(Reason.Kind.DISMISSED), "");
    }
  }

  private void disengage(OpenQuestion question, ClientConnection client) {
    if (question.disengage(client)) {
      reschedule(question);
    }
  }

  /** The question, if it is open and this client may answer it. */
  synchronized Optional<OpenQuestion> find(ClientConnection client, long id) {
    return open.find(client, id);
  }

  /** The first ask of a question; empty when it is closed. */
  synchronized Optional<PendingAsk> first(OpenQuestion question) {
    return question.asks.isEmpty() ? Optional.empty() : Optional.of(question.first());
  }

  /**
   * Applies an answer to what waits now, in this run and application.
   *
   * @param covered what the answer is about besides the question itself; null for nothing
   * @return false when nothing waited for it any more
   */
  boolean answerOnce(OpenQuestion question, Choice choice, Policy covered, String user) {
    Verdict verdict = answer(choice.allow(), user);
    boolean any = choice.scope() == Choice.Scope.ENDPOINT && complete(question, verdict, user);
    if (covered != null) {
      for (PendingAsk ask : asks(each -> each.key.isSameApplication(question.key))) {
        any |= covers(covered, ask) && complete(ask, verdict);
      }
    }
    return any;
  }

  private static boolean covers(Policy covered, PendingAsk ask) {
    // At the epoch, an answer that expires has not expired yet.
    return RunAnswers.decide(
            covered, ask.agent().application(), ask.event(), ask.origin(), Instant.EPOCH)
        .isPresent();
  }

  static Verdict answer(boolean allow, String user) {
    return new Verdict(allow, new Reason(Reason.Kind.ANSWER, "", user), Verdict.Reuse.NOTHING, 0);
  }

  /** The policy or the answers of a run changed: completes what they decide by now. */
  void reconsider(Predicate<OpenQuestion> which) {
    for (PendingAsk ask : asks(which)) {
      authorizer.decide(ask).ifPresent(verdict -> complete(ask, verdict));
    }
  }

  private synchronized List<PendingAsk> asks(Predicate<OpenQuestion> which) {
    return open.asks(which);
  }

  /** Completes all asks of a question alike. False when it was closed before. */
  private boolean complete(OpenQuestion question, Verdict verdict, String user) {
    List<PendingAsk> all;
    synchronized (this) {
      if (!open.has(question)) {
        return false;
      }
      all = List.copyOf(question.asks);
      question.clear();
      close(question, verdict, user, verdict.reason().describe());
    }
    all.forEach(ask -> authorizer.deliver(ask, verdict));
    return true;
  }

  /** Only the thread that takes the ask out of the queue delivers. False when another one did. */
  private boolean complete(PendingAsk ask, Verdict verdict) {
    synchronized (this) {
      OpenQuestion question = open.get(QuestionKey.of(ask.agent(), ask.event()));
      if (question == null || !question.remove(ask)) {
        return false;
      }
      if (question.asks.isEmpty()) {
        Reason reason = verdict.reason();
        String user = reason.kind() == Reason.Kind.ANSWER ? reason.at() : "";
        close(question, verdict, user, reason.describe());
      } else {
        announcer.changed(question);
      }
    }
    authorizer.deliver(ask, verdict);
    return true;
  }

  private void close(OpenQuestion question, Verdict verdict, String user, String how) {
    authorizer.questionClosed(verdict);
    question.timeout.cancel(false);
    open.remove(question);
    announcer.closed(question, verdict, user, how);
  }

  /** How many questions are open. */
  synchronized int size() {
    return open.size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
