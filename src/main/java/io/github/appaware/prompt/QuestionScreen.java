package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The question on the screen: what each key does, and what is shown. */
final class QuestionScreen {
  private final PromptQueue.Entry entry;
  private final Clock clock;
  private final LongSupplier ids;
  private final Consumer<QuestionMessage> out;
  private Phase phase = Phase.CHOOSE;
  private KeyAction action = KeyAction.STAY;
  private long lastId;

  /** The number of the last {@link QuestionMessage.Pin}; 0 for none. */
  private long pin;

  private Menu menu;
  private boolean fromMenu;
  private Choice choice;
  private Previewed previewed;
  private Details details;
  private ScrolledLines scrolled = new ScrolledLines();
  private String problem = "";
  private boolean touched;

  /** A question without an answer yet; {@code ids} numbers messages. */
  QuestionScreen(
      PromptQueue.Entry entry, Clock clock, LongSupplier ids, Consumer<QuestionMessage> out) {
    this.entry = entry;
    this.clock = clock;
    this.ids = ids;
    this.out = out;
  }

  Question question() {
    return entry.question();
  }

  boolean isSent() {
    return phase == Phase.SENT;
  }

  /** Whether this is the reply to the answer that is on its way. */
  boolean isAnsweredBy(Answered answered) {
    return isSent() && answered.id() == lastId;
  }

  Choice choice() {
    return choice;
  }

  /** The answer was not accepted: another can be given. */
  void refuse(String why) {
    problem = why;
    phase = Phase.CHOOSE;
  }

  void receive(Previewed shown) {
    if (shown.id() == lastId) {
      previewed = shown;
    }
  }

  void receive(Details known) {
    if (known.id() == lastId) {
      details = known;
    }
  }

  /** Whether this is the first key that counts. */
  boolean isUntouched() {
    return !touched;
  }

  /** From now on the time stands still. */
  void touch() {
    touched = true;
    entry.freeze();
  }

  KeyAction press(Key key) {
    action = KeyAction.STAY;
    switch (phase) {
      case CHOOSE -> choose(key);
      case MENU -> inMenu(key);
      case PREVIEW -> inPreview(key);
      case DETAILS -> inDetails(key);
      case CONFIRM_REST -> {
        action = key.equals(Key.of('y')) ? KeyAction.DENY_REST : KeyAction.STAY;
        phase = Phase.CHOOSE;
      }
      case SENT -> {}
    }
    return action;
  }

  private void choose(Key key) {
    problem = "";
    switch (key.kind()) {
      case ENTER -> answer(Choice.DENY_ONCE);
      case ESCAPE -> leave();
      case UP, DOWN, LEFT, RIGHT, TAB -> openMenu();
      case CHARACTER -> letter(key.code());
      default -> {}
    }
  }

  private void letter(int letter) {
    switch (letter) {
      case 's' -> openMenu();
      case 'x' -> leave();
      case 'u' -> pin();
      case 'z' -> action = KeyAction.TAKE_BACK;
      case 'D' -> phase = Phase.CONFIRM_REST;
      case '?' -> inspect();
      default -> Shortcut.of(letter).ifPresent(this::answer);
    }
  }

  /** Only where another person is asked too. */
  private void leave() {
    if (question().elsewhere()) {
      action = KeyAction.LEAVE;
    } else {
      problem = "no one else is asked: answer here";
    }
  }

  private void pin() {
    if (!question().formerly().isEmpty()) {
      pin = ids.getAsLong();
      problem = "adding the hash ...";
      out.accept(new QuestionMessage.Pin(pin, question().id()));
    }
  }

  /** Takes the reply to what is not an answer; false if this is none. */
  boolean takePinned(Answered answered) {
    if (answered.id() != pin) {
      return false;
    }
    problem = answered.text();
    return true;
  }

  private void inspect() {
    phase = Phase.DETAILS;
    scrolled = new ScrolledLines();
    details = null;
    lastId = ids.getAsLong();
    out.accept(new QuestionMessage.Inspect(lastId, question().id()));
  }

  private void openMenu() {
    menu = new Menu(question().offers(), EventText.machine(question()));
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
    } else if (key.kind() != Key.Kind.ENTER) {
      boolean unused = scrolled.press(key);
    } else if (previewed != null && previewed.problem().isEmpty()) {
      if (scrolled.isSeen()) {
        send();
      } else {
        scrolled.page();
      }
    }
  }

  private void inDetails(Key key) {
    if (key.kind() == Key.Kind.ESCAPE || key.kind() == Key.Kind.ENTER) {
      phase = Phase.CHOOSE;
    } else {
      boolean unused = scrolled.press(key);
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
    scrolled = new ScrolledLines();
    lastId = ids.getAsLong();
    out.accept(new QuestionMessage.Preview(lastId, question().id(), chosen));
  }

  private void send() {
    phase = Phase.SENT;
    lastId = ids.getAsLong();
    out.accept(new QuestionMessage.Answer(lastId, question().id(), choice));
  }

  /**
   * What the screen shows.
   *
   * @param others how many questions wait besides
   * @param last the answer that a key takes back, or empty
   */
  List<ScreenLine> lines(int columns, int rows, int others, String last) {
    QuestionView view = new QuestionView(columns);
    view.head(Math.max(0, (entry.left() + 999) / 1000), entry.isFrozen(), others);
    if (phase == Phase.CHOOSE) {
      view.question(question());
      if (!problem.isEmpty()) {
        view.text(" ! ", LineFitter.printable(problem, 300), ScreenLine.Style.WARNING);
      }
      int above = view.lines().size();
      List<ScreenLine> all = view.keys(question()).takeBack(last).lines();
      return Screenful.of(all, rows, all.size() - above);
    }
    view.text(" ", EventText.describe(question()), ScreenLine.Style.STRONG);
    switch (phase) {
      case MENU -> {
        int room = Screenful.most(rows) - view.lines().size();
        view.lines().addAll(menu.lines(columns, room, now()));
      }
      case PREVIEW ->
          view.preview(
              OutcomeLine.answer(choice, now()), previewed, scrolled, Screenful.most(rows));
      case DETAILS -> view.details(details, scrolled, Screenful.most(rows));
      case CONFIRM_REST -> view.confirmRest();
      default -> view.text(" ", "answering ...", ScreenLine.Style.FAINT);
    }
    return Screenful.of(view.lines(), rows, 6);
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock);
  }
}
