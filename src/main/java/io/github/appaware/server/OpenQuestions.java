package io.github.appaware.server;

import io.github.appaware.server.Question.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The questions that are open, the oldest first. Guarded by {@link QuestionQueue}. */
final class OpenQuestions {
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

  private final Map<Question.Key, Question> all = new LinkedHashMap<>();

  void add(Question question) {
    all.put(question.key, question);
  }

  void remove(Question question) {
    all.remove(question.key);
  }

  /** Null when there is none. */
  Question get(Question.Key key) {
    return all.get(key);
  }

  /** Whether it is not over, and another one in its place. */
  boolean has(Question question) {
    return all.get(question.key) == question;
  }

  int size() {
    return all.size();
  }

  /** Whether there is more waiting than may be, for one more ask. */
  boolean isFullFor(Waiting one, Question.Key key) {
    Run run = key.run();
    return count(run, question -> question.waiting.size()) >= MOST_WAITING
        || (!all.containsKey(key) && count(run, question -> 1) >= MOST_OPEN)
        || isHeavy(one, run);
  }

  private boolean isHeavy(Waiting one, Run run) {
    long bytes = MemoryCost.of(one);
    long machines = bytes;
    for (Question question : all.values()) {
      bytes += question.bytes;
      machines += question.key.run().machine().equals(run.machine()) ? question.bytes : 0;
    }
    return bytes > MOST_BYTES || machines > MOST_BYTES / 2;
  }

  private int count(Run run, Function<Question, Integer> each) {
    int count = 0;
    for (Question question : all.values()) {
      count += question.key.run() == run ? each.apply(question) : 0;
    }
    return count;
  }

  /** The question, if it is the client's to answer. */
  Optional<Question> find(ClientConnection client, long id) {
    return all.values().stream()
        .filter(question -> question.id == id && Responders.answersFor(client, question.key.run()))
        .findFirst();
  }

  List<Question> those(Predicate<Question> which) {
    return all.values().stream().filter(which).toList();
  }

  List<Waiting> waiting(Predicate<Question> which) {
    return all.values().stream()
        .filter(which)
        .flatMap(question -> question.waiting.stream())
        .toList();
  }

  /** How many wait for the client besides one of them. */
  int othersFor(ClientConnection client) {
    int count = 0;
    for (Question question : all.values()) {
      count += Responders.isFor(question, client) ? 1 : 0;
    }
    return Math.max(0, count - 1);
  }

  /** What attendants know of them is no longer so. */
  void makeStale(Predicate<Question> which) {
    all.values().forEach(question -> question.isStale |= which.test(question));
  }

  /** The client is gone: takes out what it waited for, which may leave questions empty. */
  List<Waiting> take(ClientConnection client) {
    List<Waiting> taken = new ArrayList<>();
    for (Question question : all.values()) {
      int before = taken.size();
      question.told.remove(client);
      question.waiting.stream().filter(each -> each.client() == client).forEach(taken::add);
      if (taken.size() > before) {
        taken.subList(before, taken.size()).forEach(question::remove);
        question.isStale = true;
      }
    }
    return taken;
  }
}
