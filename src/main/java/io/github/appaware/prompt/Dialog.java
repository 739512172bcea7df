package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Decides which question is on the screen, and tracks each to its outcome; has no terminal. */
final class Dialog {
  /** Once a question is settled, how long the reply to the own answer may take. */
  private static final long ANSWER_MILLIS = 2_000;

  private static final long SILENCE_MILLIS = 20_000;

  /** How long after its deadline a question stays without word from the server. */
  private static final long LATE_MILLIS = 5_000;

  /** Answers that can be taken back; a server keeps as many. */
  private static final int MOST_GIVEN = 50;

  /** An answer by its question, and in words. */
  private record Given(long question, String words) {}

  private final Clock clock;
  private final String here;
  private final LongSupplier millis;
  private final Consumer<QuestionMessage> out;
  private final PromptQueue waiting;
  private final TypeAheadGuard typeAhead;
  private final List<String> outcomes = new ArrayList<>();

  /** Answers from here that still hold, the last one first. */
  private final Deque<Given> given = new ArrayDeque<>();

  /** The message that takes the first of them back; 0 for none. */
  private long takingBack;

  private QuestionScreen current;
  private Settled settled;
  private long lastId;
  private long sentAt;

  /**
   * A dialog without questions.
   *
   * @param here the machine that questions do not name; empty to name every machine
   * @param millis a monotonic clock
   * @param out takes messages to the server
   */
  Dialog(Clock clock, String here, LongSupplier millis, Consumer<QuestionMessage> out) {
    this.clock = clock;
    this.here = here;
    this.millis = millis;
    this.out = out;
    waiting = new PromptQueue(millis);
    typeAhead = new TypeAheadGuard(millis);
  }

  /** The number of the question on the screen, or -1. */
  long shown() {
    return current == null ? -1 : current.question().id();
  }

  /** Whether there is a question that was not answered yet. */
  boolean isAsking() {
    return current != null && !isSent();
  }

  /** Whether another question follows the one on the screen. */
  boolean isMore() {
    return waiting.others() > 0;
  }

  /** The question is about to be seen for the first time: keys do not count yet. */
  void appears() {
    typeAhead.start();
  }

  /** Whether an answer is on its way; keys are ignored meanwhile. */
  boolean isSent() {
    return current != null && current.isSent();
  }

  /** The outcomes since the last call, to be left on the terminal. */
  List<String> takeOutcomes() {
    List<String> taken = outcomes.stream().map(line -> "appaware: " + line).toList();
    outcomes.clear();
    return taken;
  }

  void receive(QuestionMessage message) {
    if (message instanceof Question question) {
      waiting.put(question.machine().equals(here) ? question.on("") : question);
      if (current == null) {
        next();
      }
    } else if (message instanceof Settled over) {
      settle(over);
    } else if (message instanceof Answered answered && answered.id() == takingBack) {
      takenBack(answered);
    } else if (current == null) {
      return;
    } else if (message instanceof Answered pinned && current.takePinned(pinned)) {
      return; // it is on the screen
    } else if (message instanceof Answered answered && current.isAnsweredBy(answered)) {
      answered(answered);
    } else if (message instanceof Previewed previewed) {
      current.receive(previewed);
    } else if (message instanceof Details details) {
      current.receive(details);
    }
  }

  private void settle(Settled over) {
    if (current == null || over.question() != shown()) {
      waiting.settle(over).ifPresent(outcomes::add);
      return;
    }
    settled = over;
    if (!isSent()) {
      outcomes.add(OutcomeLine.settled(current.question(), over));
      finish();
    }
  }

  private void answered(Answered answered) {
    if (answered.accepted()) {
      ZonedDateTime now = ZonedDateTime.now(clock);
      outcomes.add(
          OutcomeLine.answered(current.question(), current.choice(), answered.text(), now));
      if (current.choice().term() != Choice.Term.ONCE) {
        String words = OutcomeLine.answered(current.question(), current.choice(), "", now);
        given.push(new Given(shown(), words));
        if (given.size() > MOST_GIVEN) {
          given.removeLast();
        }
      }
      finish();
    } else if (settled != null) {
      outcomes.add(OutcomeLine.settled(current.question(), settled));
      finish();
    } else {
      current.refuse(answered.text().isEmpty() ? "the answer was not taken" : answered.text());
    }
  }

  private void takeBack() {
    if (takingBack == 0 && !given.isEmpty()) {
      takingBack = ++lastId;
      out.accept(new QuestionMessage.TakeBack(takingBack, given.peek().question()));
    }
  }

  private void takenBack(Answered answered) {
    takingBack = 0;
    outcomes.add(OutcomeLine.takenBack(answered.accepted(), given.pop().words(), answered.text()));
  }

  private void finish() {
    waiting.remove(shown());
    next();
  }

  private void next() {
    PromptQueue.Entry first = waiting.first();
    current = first == null ? null : new QuestionScreen(first, clock, () -> ++lastId, out);
    settled = null;
    typeAhead.start();
  }

  /** Checks the deadlines. */
  void tick() {
    if (current == null) {
      return;
    }
    long silent = millis.getAsLong() - sentAt;
    if (isSent() && settled != null && silent > ANSWER_MILLIS) {
      outcomes.add(OutcomeLine.settled(current.question(), settled));
      finish();
    } else if (isSent() && silent > SILENCE_MILLIS) {
      current.refuse("the server has not answered yet");
    } else if (!isSent() && waiting.left() < -LATE_MILLIS) {
      outcomes.add(OutcomeLine.inTime(current.question()));
      finish();
    }
  }

  /** A key was pressed. */
  void press(Key key) {
    if (current == null || isSent() || !typeAhead.passes()) {
      return;
    }
    KeyAction action = current.press(key);
    boolean open = action == KeyAction.STAY || action == KeyAction.TAKE_BACK;
    if (open && !current.isSent() && current.isUntouched()) {
      current.touch();
      out.accept(new QuestionMessage.Engage(shown()));
    }
    switch (action) {
      case TAKE_BACK -> takeBack();
      case LEAVE -> leave();
      case DENY_REST -> denyRest();
      case STAY -> sentAt = millis.getAsLong();
    }
  }

  private void denyRest() {
    outcomes.add(OutcomeLine.rest(current.question()));
    out.accept(new QuestionMessage.DenyRest(shown()));
    waiting.forgetRun(current.question().run());
    next();
  }

  /** Leaves the question on the screen to others; its outcome is reported later. */
  void leave() {
    if (current != null && !isSent()) {
      out.accept(new QuestionMessage.Dismiss(shown()));
      waiting.leave(shown());
      next();
    }
  }

  /** Drops all questions, and an answer that is on its way; their outcomes are still reported. */
  void dropAll() {
    if (isSent()) {
      finish();
    }
    while (current != null) {
      waiting.leave(shown());
      next();
    }
  }

  /** Questions that were dropped may be asked again. */
  void forget() {
    waiting.forgetLeft();
  }

  /** What the screen shows; empty when there is no question. */
  List<ScreenLine> lines(int columns, int rows) {
    return current == null ? List.of() : current.lines(columns, rows, waiting.others(), last());
  }

  private String last() {
    return given.isEmpty() || takingBack != 0 ? "" : given.peek().words();
  }
}
