package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage.Offer;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Composes an answer with the arrow keys: allow or deny, what, how long. */
final class Menu {
  private final List<Offer> offers;

  /** The machine that an answer can be limited to; empty where there is but one. */
  private final String machine;

  private boolean machineOnly;
  private boolean allow = true;
  private int scope;
  private AnswerDuration lasting = AnswerDuration.ONCE;
  private boolean typing;
  private final StringBuilder typed = new StringBuilder();

  /** A menu of these scopes, the narrowest first. */
  Menu(List<Offer> offers, String machine) {
    this.machine = machine;
    this.offers = offers.isEmpty() ? List.of(new Offer(Choice.Scope.ENDPOINT, "this")) : offers;
  }

  /** Takes a key other than Enter and Escape. */
  void press(Key key) {
    if (typing) {
      type(key);
      return;
    }
    switch (key.kind()) {
      case UP -> scope = Math.floorMod(scope - 1, offers.size());
      case DOWN -> scope = Math.floorMod(scope + 1, offers.size());
      case LEFT -> lasting = lasting.next(-1);
      case RIGHT -> lasting = lasting.next(1);
      case TAB -> allow = !allow;
      case CHARACTER -> letter(key.code());
      default -> {}
    }
  }

  private void letter(int letter) {
    if (letter == 'm' && !machine.isEmpty()) {
      machineOnly = !machineOnly;
    } else if (letter == 'a' || letter == 'd') {
      allow = letter == 'a';
    } else if (letter >= '1' && letter < '1' + offers.size()) {
      scope = letter - '1';
    }
  }

  private void type(Key key) {
    if (key.kind() == Key.Kind.BACKSPACE && typed.length() > 0) {
      typed.setLength(typed.length() - 1);
    } else if (key.kind() == Key.Kind.CHARACTER && typed.length() < 20) {
      typed.append((char) key.code());
    }
  }

  /** Enter: returns the answer, or empty when a time has to be typed first. */
  Optional<Choice> enter(ZonedDateTime now) {
    return chosen(now).map(choice -> machineOnly ? choice.onItsMachine() : choice);
  }

  private Optional<Choice> chosen(ZonedDateTime now) {
    Choice.Scope chosen = offers.get(scope).scope();
    if (lasting == AnswerDuration.TIME) {
      if (!typing) {
        typing = true;
        return Optional.empty();
      }
      return end(now).map(end -> Choice.until(allow, chosen, end));
    }
    if (lasting.term() == Choice.Term.UNTIL) {
      return Optional.of(Choice.until(allow, chosen, now.plus(lasting.length()).toInstant()));
    }
    return Optional.of(new Choice(allow, chosen, lasting.term()));
  }

  private Optional<Instant> end(ZonedDateTime now) {
    return UntilText.parse(typed.toString(), now);
  }

  /** Escape: returns whether that was a step back within the menu. */
  boolean back() {
    boolean was = typing;
    typing = false;
    typed.setLength(0);
    return was;
  }

  /** The lines, up to a limit: of the scopes those around the chosen one. */
  List<ScreenLine> lines(int columns, int rows, ZonedDateTime now) {
    List<ScreenLine> below = below(columns, now);
    List<ScreenLine> lines = new ArrayList<>();
    add(lines, "  answer   ", mark("allow", allow) + "  " + mark("deny", !allow), columns);
    List<ScreenLine> scopes = new ArrayList<>();
    int chosen = 0;
    int end = 0;
    for (int i = 0; i < offers.size(); i++) {
      String words = (i + 1) + " " + LineFitter.printable(offers.get(i).words(), 160);
      String head = (i == 0 ? "  what     " : "           ") + (i == scope ? "> " : "  ");
      chosen = i == scope ? scopes.size() : chosen;
      for (String line : LineFitter.wrap(head, words, columns)) {
        scopes.add(
            new ScreenLine(line, i == scope ? ScreenLine.Style.STRONG : ScreenLine.Style.PLAIN));
      }
      end = i == scope ? scopes.size() : end;
    }
    int room = Math.max(end - chosen, rows - lines.size() - below.size());
    int first = Math.max(0, end - room);
    lines.addAll(scopes.subList(first, Math.min(scopes.size(), first + room)));
    lines.addAll(below);
    return lines;
  }

  private List<ScreenLine> below(int columns, ZonedDateTime now) {
    List<ScreenLine> lines = new ArrayList<>();
    if (!machine.isEmpty()) {
      String words =
          mark("every machine", !machineOnly) + "  " + mark("only " + machine, machineOnly);
      add(lines, "  where    ", words, columns);
    }
    StringBuilder terms = new StringBuilder();
    for (AnswerDuration each : AnswerDuration.values()) {
      terms.append(mark(each.words(), each == lasting)).append(' ');
    }
    add(lines, "  how long ", terms.toString().stripTrailing(), columns);
    if (typing) {
      String known =
          end(now)
              .map(end -> "= " + UntilText.show(end.getEpochSecond(), now))
              .orElse("as in " + UntilText.HELP);
      add(lines, "  until    ", typed + "_  " + known, columns);
      addKeys(lines, "[Enter] answer  [Esc] back", columns);
    } else {
      addKeys(
          lines,
          "[Tab] allow or deny  [Up][Down] what  [Left][Right] how long  "
              + (machine.isEmpty() ? "" : "[m] where  ")
              + "[Enter] answer  [Esc] back",
          columns);
    }
    return lines;
  }

  private static String mark(String words, boolean chosen) {
    return chosen ? "[" + words + "]" : " " + words + " ";
  }

  private static void add(List<ScreenLine> lines, String head, String text, int columns) {
    LineFitter.wrap(head, text, columns).forEach(line -> lines.add(ScreenLine.plain(line)));
  }

  private static void addKeys(List<ScreenLine> lines, String keys, int columns) {
    LineFitter.wrapKeys("  ", keys, columns)
        .forEach(line -> lines.add(new ScreenLine(line, ScreenLine.Style.KEYS)));
  }
}
