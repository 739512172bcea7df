package io.github.appaware.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** The open questions, the oldest first, within limits. Guarded by {@link QuestionQueue}. */
final class OpenQuestions {
  /** Questions of one run; a person does not answer more. */
  private static final int MAX_OPEN = 100;

  /**
   * Asks of one run, however few questions they are: the messages to an agent about all of them
   * must fit into its queue.
   */
  private static final int MAX_ASKS = 4_000;

  /**
   * Bytes of all asks, and twice those of the asks of one machine: applications choose how long
   * their events are.
   */
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final Map<QuestionKey, OpenQuestion> all = new LinkedHashMap<>();

  void add(OpenQuestion question) {
    all.put(question.key, question);
  }

  void remove(OpenQuestion question) {
    all.remove(question.key);
  }

  /** Null when there is none. */
  OpenQuestion get(QuestionKey key) {
    return all.get(key);
  }

  /** Whether this very question is open, and not a later one of its key. */
  boolean has(OpenQuestion question) {
    return all.get(question.key) == question;
  }

  int size() {
    return all.size();
  }

  /** Whether one more ask would exceed a limit. */
  boolean isFullFor(PendingAsk ask, QuestionKey key) {
    Run run = key.run();
    return count(run, question -> question.asks.size()) >= MAX_ASKS
        || (!all.containsKey(key) && count(run, question -> 1) >= MAX_OPEN)
        || exceedsMemory(ask, run);
  }

  private boolean exceedsMemory(PendingAsk ask, Run run) {
    long bytes = MemoryCost.of(ask);
    long ofMachine = bytes;
    for (OpenQuestion question : all.values()) {
      bytes += question.bytes;
      ofMachine += question.key.run().machine().equals(run.machine()) ? question.bytes : 0;
    }
    return bytes > MAX_BYTES || ofMachine > MAX_BYTES / 2;
  }

  private int count(Run run, ToIntFunction<OpenQuestion> each) {
    int count = 0;
    for (OpenQuestion question : all.values()) {
      count += question.key.run() == run ? each.applyAsInt(question) : 0;
    }
    return count;
  }

  /** The question, if the client may answer it. */
  Optional<OpenQuestion> find(ClientConnection client, long id) {
    return all.values().stream()
        .filter(question -> question.id == id && Responders.mayAnswer(client, question.key.run()))
        .findFirst();
  }

  List<OpenQuestion> matching(Predicate<OpenQuestion> which) {
    return all.values().stream().filter(which).toList();
  }

  List<PendingAsk> asks(Predicate<OpenQuestion> which) {
    return all.values().stream().filter(which).flatMap(question -> question.asks.stream()).toList();
  }

  /** How many questions the client is shown, less one. */
  int othersFor(ClientConnection client) {
    int count = 0;
    for (OpenQuestion question : all.values()) {
      count += Responders.isShownTo(client, question) ? 1 : 0;
    }
    return Math.max(0, count - 1);
  }

  void makeStale(Predicate<OpenQuestion> which) {
    all.values().forEach(question -> question.isStale |= which.test(question));
  }

  /** Removes the asks of a client that is gone, which may leave questions without any. */
  List<PendingAsk> removeAsksOf(ClientConnection client) {
    List<PendingAsk> removed = new ArrayList<>();
    for (OpenQuestion question : all.values()) {
      int before = removed.size();
      question.notified.remove(client);
      question.asks.stream().filter(each -> each.client() == client).forEach(removed::add);
      if (removed.size() > before) {
        removed.subList(before, removed.size()).forEach(question::remove);
        question.isStale = true;
      }
    }
    return removed;
  }
}
