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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What is on the screen, what a key does, what is said to the server: without a terminal. */
final class Dialog {
  /** What the keys are about. */
  private enum Phase {
    CHOOSE,
    MENU,
    PREVIEW,
    DETAILS,
    CONFIRM_REST,
    SENT
  }

  private final Clock clock;
  private final LongSupplier millis;
  private final Consumer<QuestionMessage> out;
  private final Waiting waiting;
  private final Guard guard;
  private final List<String> told = new ArrayList<>();

  private Waiting.Entry current;
  private Phase phase = Phase.CHOOSE;
  private long lastId;
  private long sentAt;
  private Menu menu;
  private boolean fromMenu;
  private Choice choice;
  private Previewed previewed;
  private Details details;
  private int top;
  private String problem = "";
  private Settled settled;

  /**
   * A dialog without questions.
   *
   * @param millis a clock that nobody sets
   * @param out where messages to the server go
   */
  Dialog(Clock clock, LongSupplier millis, Consumer<QuestionMessage> out) {
    this.clock = clock;
    this.millis = millis;
    this.out = out;
    waiting = new Waiting(millis);
    guard = new Guard(millis);
  }

  /** The number of the question on the screen, or -1. */
  long shown() {
    return current == null ? -1 : current.question().id();
  }

  /** Whether an answer is under way: nothing that is typed counts. */
  boolean isSent() {
    return phase == Phase.SENT;
  }

  /** Lines to be left on the terminal, since the last call. */
  List<String> takeTold() {
    List<String> taken = told.stream().map(line -> "appaware: " + line).toList();
    told.clear();
    return taken;
  }

  void receive(QuestionMessage message) {
    if (message instanceof Question question) {
      waiting.put(question);
      if (current == null) {
        next();
      }
    } else if (message instanceof Settled over) {
      settle(over);
    } else if (message instanceof Answered answered && answered.id() == lastId && isSent()) {
      answered(answered);
    } else if (message instanceof Previewed shown && shown.id() == lastId) {
      previewed = shown;
    } else if (message instanceof Details known && known.id() == lastId) {
      details = known;
    }
  }

  private void settle(Settled over) {
    if (current != null && over.question() == shown()) {
      settled = over;
      if (!isSent()) {
        told.add(Told.settled(current.question(), over));
        finish();
      }
      return;
    }
    waiting.settle(over).ifPresent(told::add);
  }

  private void answered(Answered answered) {
    if (!answered.accepted() && settled == null) {
      problem = answered.text().isEmpty() ? "the answer was not taken" : answered.text();
      phase = Phase.CHOOSE;
      return;
    }
    told.add(
        answered.accepted()
            ? Told.answered(current.question(), choice, answered.text(), now())
            : Told.settled(current.question(), settled));
    finish();
  }

  private void finish() {
    waiting.remove(shown());
    next();
  }

  private void next() {
    current = waiting.first();
    phase = Phase.CHOOSE;
    settled = null;
    previewed = null;
    details = null;
    problem = "";
    fromMenu = false;
    menu = null;
    guard.start();
  }

  /** Time has passed. */
  void tick() {
    if (current == null) {
      return;
    }
    long silent = millis.getAsLong() - sentAt;
    if (isSent() && settled != null && silent > 2_000) {
      told.add(Told.settled(current.question(), settled));
      finish();
    } else if (isSent() && silent > 20_000) {
      problem = "the server has not answered yet";
      phase = Phase.CHOOSE;
    } else if (!isSent() && current.left() < -5_000) {
      told.add(Told.inTime(current.question()));
      waiting.forget(shown());
      finish();
    }
  }

  /** A key was pressed. */
  void press(Key key) {
    if (current == null || isSent() || !guard.passes()) {
      return;
    }
    switch (phase) {
      case CHOOSE -> choose(key);
      case MENU -> inMenu(key);
      case PREVIEW -> inPreview(key);
      case DETAILS -> inDetails(key);
      case CONFIRM_REST -> confirm(key);
      case SENT -> {}
    }
  }

  private void choose(Key key) {
    problem = "";
    switch (key.kind()) {
      case ENTER -> answer(Choice.DENY_ONCE);
      case ESCAPE -> leave();
      case UP, DOWN, LEFT, RIGHT, TAB -> openMenu();
      case CHARACTER -> {
        switch (key.code()) {
          case 'd' -> answer(Choice.DENY_ONCE);
          case 'a' -> answer(new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ONCE));
          case 'r' -> answer(new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.RUN));
          case 'w' -> answer(new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ALWAYS));
          case 'n' -> answer(new Choice(false, Choice.Scope.ENDPOINT, Choice.Term.ALWAYS));
          case 's' -> openMenu();
          case 'x' -> leave();
          case 'D' -> phase = Phase.CONFIRM_REST;
          case '?' -> {
            phase = Phase.DETAILS;
            top = 0;
            details = null;
            out.accept(new QuestionMessage.Inspect(++lastId, shown()));
          }
          default -> {}
        }
      }
      default -> {}
    }
  }

  private void openMenu() {
    menu = new Menu(current.question().offers());
    phase = Phase.MENU;
  }

  private void inMenu(Key key) {
    if (key.kind() == Key.Kind.ENTER) {
      menu.enter(now())
          .ifPresent(
              chosen -> {
                fromMenu = true;
                answer(chosen);
              });
    } else if (key.kind() != Key.Kind.ESCAPE) {
      menu.press(key);
    } else if (!menu.back()) {
      phase = Phase.CHOOSE;
    }
  }

  private void inPreview(Key key) {
    if (key.kind() == Key.Kind.ESCAPE) {
      phase = fromMenu ? Phase.MENU : Phase.CHOOSE;
    } else if (key.kind() == Key.Kind.ENTER && previewed != null && previewed.problem().isEmpty()) {
      send();
    }
  }

  private void inDetails(Key key) {
    switch (key.kind()) {
      case UP -> top = Math.max(0, top - 1);
      case DOWN -> top = Math.min(top + 1, 10_000);
      case ESCAPE, ENTER -> phase = Phase.CHOOSE;
      default -> {}
    }
  }

  private void confirm(Key key) {
    if (key.equals(Key.of('y'))) {
      told.add(Told.rest(current.question()));
      out.accept(new QuestionMessage.DenyRest(shown()));
      waiting.forgetRun(current.question().run());
      next();
    } else {
      phase = Phase.CHOOSE;
    }
  }

  private void answer(Choice chosen) {
    choice = chosen;
    if (!chosen.term().isStored()) {
      send();
      return;
    }
    phase = Phase.PREVIEW;
    previewed = null;
    out.accept(new QuestionMessage.Preview(++lastId, shown(), chosen));
  }

  private void send() {
    phase = Phase.SENT;
    sentAt = millis.getAsLong();
    out.accept(new QuestionMessage.Answer(++lastId, shown(), choice));
  }

  /** Leaves the question on the screen to others; what becomes of it is told when it is known. */
  void leave() {
    if (current != null && !isSent()) {
      out.accept(new QuestionMessage.Dismiss(shown()));
      waiting.leave(shown());
      next();
    }
  }

  /** What the screen shows; empty when there is no question. */
  List<Line> lines(int columns, int rows) {
    if (current == null) {
      return List.of();
    }
    Question question = current.question();
    QuestionView view = new QuestionView(columns);
    view.head(Math.max(0, (current.left() + 999) / 1000), waiting.others(current));
    switch (phase) {
      case CHOOSE -> {
        view.question(question);
        if (!problem.isEmpty()) {
          view.text(" ! ", Fit.printable(problem, 300), Line.Style.WARNING);
        }
        view.keys();
      }
      case MENU -> view.shortQuestion(question).lines().addAll(menu.lines(columns, now()));
      case PREVIEW -> view.shortQuestion(question).preview(Told.answer(choice, now()), previewed);
      case DETAILS -> view.shortQuestion(question).details(details, top, rows - 6);
      case CONFIRM_REST -> view.shortQuestion(question).confirmRest();
      case SENT -> view.shortQuestion(question).text(" ", "answering ...", Line.Style.FAINT);
    }
    return Screenful.of(view.lines(), rows);
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock);
  }
}
