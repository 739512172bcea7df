package io.github.appaware.prompt;

import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The open questions in the order of their arrival, and those that were left to others. */
final class PromptQueue {
  /** Further questions are dropped, and time out at the server. */
  private static final int MOST = 1_000;

  /** A question and its deadline. */
  final class Entry {
    private Question question;
    private long end;
    private long frozen = Long.MAX_VALUE;

    Question question() {
      return question;
    }

    /** Milliseconds until it is denied, as it is shown. */
    long left() {
      return Math.min(frozen, end - millis.getAsLong());
    }

    /** A person answers: the time stands still, until the server's word is that it goes on. */
    void freeze() {
      frozen = Math.max(0, left());
    }

    /** Whether the time stands still; there may be less left by the server's word. */
    boolean isFrozen() {
      return frozen < end - millis.getAsLong();
    }
  }

  private final LongSupplier millis;
  private final Map<Long, Entry> open = new LinkedHashMap<>();
  private final Map<Long, Question> left =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Question> eldest) {
          return size() > MOST;
        }
      };
  private String denied = "";

  PromptQueue(LongSupplier millis) {
    this.millis = millis;
  }

  /** Adds or updates a question. */
  void put(Question question) {
    if (left.containsKey(question.id()) || isDenied(question)) {
      return;
    }
    Entry entry = open.get(question.id());
    if (entry == null) {
      if (open.size() >= MOST) {
        return;
      }
      entry = new Entry();
      open.put(question.id(), entry);
    }
    entry.question = question;
    entry.end = millis.getAsLong() + question.left();
  }

  private boolean isDenied(Question question) {
    return !denied.isEmpty() && denied.equals(question.run());
  }

  /** The oldest question, or null. */
  Entry first() {
    Iterator<Entry> entries = open.values().iterator();
    return entries.hasNext() ? entries.next() : null;
  }

  /** How many other questions wait: by the server's count, or here if that is more. */
  int others() {
    Entry first = first();
    return first == null ? 0 : Math.max(first.question.others(), open.size() - 1);
  }

  /** Milliseconds until the first is denied. */
  long left() {
    Entry first = first();
    return first == null ? 0 : first.left();
  }

  void remove(long id) {
    open.remove(id);
  }

  /** Leaves the question to others; its outcome is reported when it is settled. */
  void leave(long id) {
    Entry entry = open.remove(id);
    if (entry != null) {
      left.put(id, entry.question);
    }
  }

  /** Questions that were left to others may come back. */
  void forgetLeft() {
    left.clear();
  }

  /** Drops all questions of a run, now and later. */
  void forgetRun(String run) {
    denied = run;
    open.values().removeIf(entry -> isDenied(entry.question));
  }

  /** The outcome to report of a question that is not on the screen; empty if there is none. */
  Optional<String> settle(Settled over) {
    open.remove(over.question());
    return Optional.ofNullable(left.remove(over.question()))
        .map(question -> OutcomeLine.settled(question, over));
  }
}
