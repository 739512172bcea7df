package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.server.Question.Waiting;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The questions that wait for a person. Asks that the same answer would settle are one question;
 * whatever an answer, an edit of the policy or the end of a run covers is settled at once, in all
 * agents; what nobody answers in time is denied. Safe for all threads; nothing is written to disk
 * or told to an agent while the lock is held.
 */
final class QuestionQueue implements Closeable {
  /** How often attendants are told of tries and of others that wait. */
  private static final long EVERY_MILLIS = 200;

  /** Decides and tells; what a person said reaches an agent through it alone. */
  interface VerdictSource {
    /** What is decided by now; empty while it is a person's to say. */
    Optional<Verdict> verdict(Waiting waiting);

    /** Records the verdict, then tells it. */
    void settle(Waiting waiting, Verdict verdict);

    /** A question is over: what became of the last that waited for it. */
    void over(Verdict verdict);

    /** What the policy knows of the application. */
    QuestionMessage.Standing standing(ClientSession.Agent agent);

    /** How long a person has. */
    long patienceMillis();
  }

  private final VerdictSource court;
  private final OpenQuestions open = new OpenQuestions();
  private final Responders responders;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(QuestionQueue::thread);
  private boolean ticking;
  private long ids;

  QuestionQueue(VerdictSource court, Responders responders) {
    this.court = court;
    this.responders = responders;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "questions", 256 * 1024);
    thread.setDaemon(true);
    return thread;
  }

  /** Puts an event to whoever attends; settles it at once when that can't be. */
  void ask(Waiting waiting, Verdict nobody) {
    Waiting asking = waiting.forPerson();
    Verdict refused = enqueue(asking, nobody);
    if (refused != null) {
      court.settle(waiting, refused);
    } else {
      // What was answered meanwhile looked at the queue before this was in it.
      court.verdict(asking).ifPresent(verdict -> settle(asking, verdict));
    }
  }

  /** Null when it waits now. */
  private synchronized Verdict enqueue(Waiting waiting, Verdict nobody) {
    Question.Key key = Question.Key.of(waiting.agent(), waiting.event());
    Run run = key.run();
    if (waiting.client().isGone()) {
      return Verdict.denied(Reason.Kind.UNREACHABLE); // its end has been looked after already
    }
    if (!responders.isAnyFor(run)) {
      return nobody;
    }
    if (open.isFullFor(waiting, key)) {
      return flood(run);
    }
    Question question = open.get(key);
    if (question == null) {
      question = new Question(++ids, key, court.patienceMillis(), nobody);
      Question opened = question;
      question.timeout =
          timer.schedule(() -> giveUp(opened), question.left(), TimeUnit.MILLISECONDS);
      open.add(question);
    }
    question.add(waiting);
    question.tries++;
    waiting.client().send(new Message.Asked(waiting.ask(), question.left()));
    if (question.tries == 1) {
      announce(question);
      staleOthers(question);
    } else {
      question.isStale = true;
    }
    tick();
    return null;
  }

  private static Verdict flood(Run run) {
    run.notice(
        "more questions wait than anybody can answer: what else would be asked is denied until"
            + " there are fewer");
    return Verdict.denied(Reason.Kind.FLOOD);
  }

  private void announce(Question question) {
    question.isStale = false;
    QuestionMessage.Standing standing = court.standing(question.first().agent());
    responders.forEach(
        question,
        client -> {
          if (client.offer(question.message(standing, open.othersFor(client)))) {
            question.told.add(client);
          } else {
            question.isStale = true; // again when it has read what it was sent
          }
        });
  }

  private void staleOthers(Question question) {
    open.makeStale(each -> each.id != question.id);
  }

  /** Tells what changed, at most so often, while anything is open. */
  private void tick() {
    if (!ticking && open.size() > 0) {
      ticking = true;
      var unused = timer.schedule(this::refresh, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void refresh() {
    synchronized (this) {
      ticking = false;
      open.those(question -> question.isStale).forEach(this::announce);
      tick();
    }
    denyForsaken(); // those who were expected did not come
  }

  /** From now on, or no longer, questions are put to this client. */
  void attend(ClientConnection client, boolean able) {
    boolean left;
    synchronized (this) {
      left = !able && responders.remove(client);
      if (able && responders.add(client)) {
        open.makeStale(question -> true);
        tick();
      }
    }
    if (left) {
      denyForsaken();
    }
  }

  private void denyForsaken() {
    List<Question> forsaken;
    synchronized (this) {
      forsaken = open.those(responders::isForsaken);
    }
    for (Question question : forsaken) {
      boolean unused = end(question, question.nobody, "");
    }
  }

  /** A connection is gone, whoever's it was. */
  void gone(ClientConnection client) {
    boolean attended;
    synchronized (this) {
      attended = responders.lost(client);
    }
    if (attended) {
      denyForsaken();
    }
    Verdict nobody = Verdict.denied(Reason.Kind.UNREACHABLE);
    List<Waiting> left;
    synchronized (this) {
      left = open.take(client);
      open.those(question -> question.waiting.isEmpty())
          .forEach(question -> close(question, nobody, "", "as the application is gone"));
    }
    // Nobody hears it; the record is to be complete.
    left.forEach(each -> court.settle(each, nobody));
  }

  /** This client leaves the question to others; without any it is denied. */
  void dismiss(ClientConnection client, String who, long id) {
    Question left = null;
    synchronized (this) {
      Question question = find(client, id).orElse(null);
      if (question != null) {
        question.dismissed.add(client);
        left = responders.isDismissedByAll(question) ? question : null;
      }
    }
    if (left != null) {
      boolean unused = end(left, answer(false, who), who);
    }
  }

  /** The question, if it is open and this client's to answer. */
  synchronized Optional<Question> find(ClientConnection client, long id) {
    return open.find(client, id);
  }

  /** The first ask of an open question. */
  synchronized Optional<Waiting> first(Question question) {
    return question.waiting.isEmpty() ? Optional.empty() : Optional.of(question.first());
  }

  private void giveUp(Question question) {
    boolean unused = end(question, Verdict.denied(Reason.Kind.UNANSWERED), "");
  }

  /**
   * Settles all that waits for it alike; what is asked from now on is another question. False when
   * it was over before.
   */
  private boolean end(Question question, Verdict verdict, String who) {
    List<Waiting> all;
    synchronized (this) {
      if (!open.has(question)) {
        return false;
      }
      all = List.copyOf(question.waiting);
      question.clear();
      close(question, verdict, who, verdict.reason().describe());
    }
    all.forEach(waiting -> court.settle(waiting, verdict));
    return true;
  }

  /**
   * An answer that is good for what waits now, in this run and application.
   *
   * @param covered what else than the question itself it is about; null for nothing
   * @return false when nothing waited for it any more
   */
  boolean settleOnce(Question question, Choice choice, Policy covered, String who) {
    Verdict verdict = answer(choice.allow(), who);
    boolean any = choice.scope() == Choice.Scope.ENDPOINT && end(question, verdict, who);
    if (covered != null) {
      for (Waiting waiting : waiting(each -> each.key.isOf(question.key))) {
        any |= covers(covered, waiting) && settle(waiting, verdict);
      }
    }
    return any;
  }

  private static boolean covers(Policy covered, Waiting waiting) {
    Event event = waiting.event();
    Origin origin = waiting.origin();
    Application app = waiting.agent().application();
    // An answer that ends some day has not ended yet.
    return RunAnswers.decide(covered, app, event, origin, Instant.EPOCH).isPresent();
  }

  static Verdict answer(boolean allow, String who) {
    return new Verdict(allow, new Reason(Reason.Kind.ANSWER, "", who), Verdict.Reuse.NOTHING, 0);
  }

  /** The policy, or what a run keeps, changed: settles what is decided by now. */
  void reconsider(Predicate<Question> which) {
    for (Waiting waiting : waiting(which)) {
      court.verdict(waiting).ifPresent(verdict -> settle(waiting, verdict));
    }
  }

  private static String by(Verdict verdict) {
    return verdict.reason().kind() == Reason.Kind.ANSWER ? verdict.reason().at() : "";
  }

  private synchronized List<Waiting> waiting(Predicate<Question> which) {
    return open.waiting(which);
  }

  /** Whoever takes it out of the queue tells it: once. False when somebody did before. */
  private boolean settle(Waiting waiting, Verdict verdict) {
    synchronized (this) {
      Question question = open.get(Question.Key.of(waiting.agent(), waiting.event()));
      if (question == null || !question.remove(waiting)) {
        return false;
      }
      if (question.waiting.isEmpty()) {
        close(question, verdict, by(verdict), verdict.reason().describe());
      } else {
        question.isStale = true;
        tick();
      }
    }
    court.settle(waiting, verdict);
    return true;
  }

  private void close(Question question, Verdict verdict, String who, String how) {
    court.over(verdict);
    question.timeout.cancel(false);
    open.remove(question);
    staleOthers(question);
    for (ClientConnection client : question.told) {
      client.send(new QuestionMessage.Settled(question.id, verdict.allowed(), who, how));
    }
  }

  /** How many wait. */
  synchronized int size() {
    return open.size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
