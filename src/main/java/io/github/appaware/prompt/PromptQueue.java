package io.github.appaware.prompt;

import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The questions that are open, in the order in which they came, and those left to others. */
final class PromptQueue {
  /** More are left to the server, which denies them in time. */
  private static final int MOST = 1_000;

  /** A question and when it is over. */
  final class Entry {
    private Question question;
    private long end;

    Question question() {
      return question;
    }

    /** Milliseconds until it is denied. */
    long left() {
      return end - millis.getAsLong();
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

  /** A new question, or what has changed about it. */
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

  /** The one that has waited longest, or null. */
  Entry first() {
    Iterator<Entry> entries = open.values().iterator();
    return entries.hasNext() ? entries.next() : null;
  }

  /** How many wait behind the first: what the server says, or what is known here. */
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

  /** Not shown again; told about when it is settled. */
  void leave(long id) {
    Entry entry = open.remove(id);
    if (entry != null) {
      left.put(id, entry.question);
    }
  }

  /** None of this run is shown any more. */
  void forgetRun(String run) {
    denied = run;
    open.values().removeIf(entry -> isDenied(entry.question));
  }

  /** A question that is not on the screen is over: what to tell about it. */
  Optional<String> settle(Settled over) {
    open.remove(over.question());
    return Optional.ofNullable(left.remove(over.question()))
        .map(question -> OutcomeLine.settled(question, over));
  }
}
