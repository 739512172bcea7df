package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Policy;
import io.github.appaware.server.Question.Waiting;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The questions that wait for a person. Asks that the same answer would settle are one question;
 * whatever an answer, an edit of the policy or the end of a run covers is settled at once, in all
 * agents; what nobody answers in time is denied. Safe for all threads; nothing is written to disk
 * or told to an agent while the lock is held.
 */
final class Questions implements Closeable {
  /** Different questions of one run that may wait; no person answers more. */
  private static final int MOST_OPEN = 100;

  /**
   * Asks of one run that may wait, however few questions they are: what is said to an agent about
   * all of them must fit into its queue.
   */
  private static final int MOST_WAITING = 4_000;

  /**
   * Bytes of all that waits, and half of it of what waits on one machine: who asks chooses how much
   * there is to remember.
   */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  /** How often attendants are told of tries and of others that wait. */
  private static final long EVERY_MILLIS = 200;

  /** Decides and tells; what a person said reaches an agent through it alone. */
  interface Court {
    /** What is decided by now; empty while it is a person's to say. */
    Optional<Verdict> verdict(Waiting waiting);

    /** Records the verdict, then tells it. */
    void settle(Waiting waiting, Verdict verdict);

    /** A question is over: what became of the last that waited for it. */
    void over(Verdict verdict);

    /** What the policy knows of the application. */
    QuestionMessage.Standing standing(Session.Agent agent);

    /** How long a person has. */
    long patienceMillis();
  }

  private final Court court;
  private final Map<Question.Key, Question> open = new LinkedHashMap<>();
  private final Set<Client> attendants = new LinkedHashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Questions::thread);
  private boolean ticking;
  private long ids;

  Questions(Court court) {
    this.court = court;
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
    if (attendants.stream().noneMatch(client -> answersFor(client, run))) {
      return nobody;
    }
    if (count(run, question -> question.waiting.size()) >= MOST_WAITING || isHeavy(waiting, run)) {
      return flood(run);
    }
    Question question = open.get(key);
    if (question == null) {
      if (count(run, each -> 1) >= MOST_OPEN) {
        return flood(run);
      }
      question = new Question(++ids, key, court.patienceMillis());
      Question opened = question;
      question.timeout =
          timer.schedule(() -> giveUp(opened), question.left(), TimeUnit.MILLISECONDS);
      open.put(key, question);
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

  private int count(Run run, Function<Question, Integer> each) {
    int count = 0;
    for (Question question : open.values()) {
      count += question.key.run() == run ? each.apply(question) : 0;
    }
    return count;
  }

  private boolean isHeavy(Waiting waiting, Run run) {
    long all = Weight.of(waiting);
    long machines = all;
    for (Question question : open.values()) {
      all += question.bytes;
      machines += question.key.run().machine().equals(run.machine()) ? question.bytes : 0;
    }
    return all > MOST_BYTES || machines > MOST_BYTES / 2;
  }

  private static Verdict flood(Run run) {
    run.notice(
        "more questions wait than anybody can answer: what else would be asked is denied until"
            + " there are fewer");
    return Verdict.denied(Reason.Kind.FLOOD);
  }

  /** Whether the client may answer questions of the run. */
  private static boolean answersFor(Client client, Run run) {
    return client.session().filter(session -> session.mayAnswer(run)).isPresent();
  }

  private boolean isLeft(Question question) {
    return attendants.stream()
        .anyMatch(
            client ->
                answersFor(client, question.key.run()) && !question.dismissed.contains(client));
  }

  private void announce(Question question) {
    question.isStale = false;
    QuestionMessage.Standing standing = court.standing(question.first().agent());
    for (Client client : attendants) {
      if (answersFor(client, question.key.run()) && !question.dismissed.contains(client)) {
        if (client.offer(question.message(standing, others(client)))) {
          question.told.add(client);
        } else {
          question.isStale = true; // again when it has read what it was sent
        }
      }
    }
  }

  private int others(Client client) {
    int all = 0;
    for (Question question : open.values()) {
      all += answersFor(client, question.key.run()) && !question.dismissed.contains(client) ? 1 : 0;
    }
    return Math.max(0, all - 1);
  }

  private void staleOthers(Question question) {
    open.values().forEach(each -> each.isStale |= each.id != question.id);
  }

  /** Tells what changed, at most so often, while anything is open. */
  private void tick() {
    if (!ticking && !open.isEmpty()) {
      ticking = true;
      var unused = timer.schedule(this::refresh, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void refresh() {
    ticking = false;
    open.values().stream().filter(question -> question.isStale).forEach(this::announce);
    tick();
  }

  /** From now on, or no longer, questions are put to this client. */
  void attend(Client client, boolean able) {
    List<Question> unattended = new ArrayList<>();
    synchronized (this) {
      if (able && attendants.add(client)) {
        open.values().forEach(this::announceTo);
      } else if (!able && attendants.remove(client)) {
        open.values().stream().filter(question -> !isLeft(question)).forEach(unattended::add);
      }
    }
    for (Question question : unattended) {
      boolean unused = end(question, Verdict.denied(Reason.Kind.NOBODY), "");
    }
  }

  private void announceTo(Question question) {
    question.isStale = true;
    tick();
  }

  /** A connection is gone, whoever's it was. */
  void gone(Client client) {
    attend(client, false);
    List<Question> empty = new ArrayList<>();
    List<Waiting> left = new ArrayList<>();
    Verdict nobody = Verdict.denied(Reason.Kind.UNREACHABLE);
    synchronized (this) {
      for (Question question : open.values()) {
        int before = left.size();
        question.told.remove(client);
        question.waiting.stream().filter(each -> each.client() == client).forEach(left::add);
        if (left.size() > before) {
          left.subList(before, left.size()).forEach(question::remove);
          question.isStale = true;
        }
        if (question.waiting.isEmpty()) {
          empty.add(question);
        }
      }
      empty.forEach(question -> close(question, nobody, "", "as the application is gone"));
    }
    // Nobody hears it; the record is to be complete.
    left.forEach(each -> court.settle(each, nobody));
  }

  /** This client leaves the question to others; without any it is denied. */
  void dismiss(Client client, String who, long id) {
    Question left = null;
    synchronized (this) {
      Question question = find(client, id).orElse(null);
      if (question != null) {
        question.dismissed.add(client);
        left = isLeft(question) ? null : question;
      }
    }
    if (left != null) {
      boolean unused = end(left, answer(false, who), who);
    }
  }

  /** The question, if it is open and this client's to answer. */
  synchronized Optional<Question> find(Client client, long id) {
    return open.values().stream()
        .filter(question -> question.id == id && answersFor(client, question.key.run()))
        .findFirst();
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
      if (open.get(question.key) != question) {
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
    return open.values().stream()
        .filter(which)
        .flatMap(question -> question.waiting.stream())
        .toList();
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
    open.remove(question.key);
    staleOthers(question);
    for (Client client : question.told) {
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
