package io.github.appaware.prompt;

import io.github.appaware.event.Event;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.util.ArrayList;
import java.util.List;

/** The lines of a question. */
final class QuestionView {
  private static final int LABEL = 14;
  private static final int LONGEST_LINE = 400;

  private final int columns;
  private final List<ScreenLine> lines = new ArrayList<>();

  QuestionView(int columns) {
    this.columns = columns;
  }

  List<ScreenLine> lines() {
    return lines;
  }

  /** The heading, with the time left and the number of other questions. */
  QuestionView head(long seconds, int others) {
    String right =
        "denied in " + seconds + " s" + (others > 0 ? ", " + others + " more waiting" : "");
    String left = "-- appaware asks ";
    int dashes = columns - left.length() - right.length() - 4;
    if (dashes < 0) {
      return text("-- ", "appaware asks, " + right, ScreenLine.Style.STRONG);
    }
    return text("", left + "-".repeat(dashes) + " " + right + " --", ScreenLine.Style.STRONG);
  }

  /** What is asked, by which application and code. */
  QuestionView question(Question question) {
    text(" ", EventText.describe(question.event()), ScreenLine.Style.STRONG);
    String host = EventText.host(question.event());
    if (host != null) {
      for (String warning : HostText.warnings(host)) {
        text("   ! ", warning, ScreenLine.Style.WARNING);
      }
    }
    labelled("address", EventText.address(question.event()), ScreenLine.Style.PLAIN);
    labelled("NAMES", EventText.namesChanged(question.application()), ScreenLine.Style.WARNING);
    labelled(
        "listener",
        EventText.peer(question.event()),
        isOutside(question.event()) ? ScreenLine.Style.WARNING : ScreenLine.Style.PLAIN);
    labelled("machine", EventText.machine(question), ScreenLine.Style.STRONG);
    if (!question.machine().isEmpty()) {
      String holds =
          "always: for this application on every machine of the server; [s] for this one";
      labelled("holds", holds, ScreenLine.Style.PLAIN);
    }
    labelled(
        "application",
        EventText.application(question),
        question.standing() == Standing.CHANGED
            ? ScreenLine.Style.WARNING
            : ScreenLine.Style.PLAIN);
    labelled("command", EventText.command(question.application()), ScreenLine.Style.PLAIN);
    String label = "from";
    for (String line : EventText.origin(question.origin())) {
      labelled(label, line, ScreenLine.Style.PLAIN);
      label = "";
    }
    labelled("called by", EventText.caller(question.origin()), ScreenLine.Style.PLAIN);
    if (question.tries() > 1) {
      labelled("tried", question.tries() + " times", ScreenLine.Style.PLAIN);
    }
    return this;
  }

  private static boolean isOutside(Event event) {
    return event.peer() != null && event.peer().isOutside();
  }

  QuestionView keys(Question question) {
    pack("[d] deny once (Enter)", "[a] allow once", "[r] allow for this run")
        .pack("[w] allow always", "[n] deny always", "[s] other scope or time");
    if (question.elsewhere()) {
      pack("[?] details", "[x] leave it to others", "[D] deny all the rest");
    } else {
      pack("[?] details", "[D] deny all the rest");
    }
    return question.formerly().isEmpty()
        ? this
        : text(
            " ",
            "[u] this is the new "
                + LineFitter.printable(question.formerly(), 40)
                + ": add its hash, keep its rules",
            ScreenLine.Style.PLAIN);
  }

  /** The keys, in columns, as many to a line as fit. */
  private QuestionView pack(String... keys) {
    int column = Math.max(26, columns / 4);
    StringBuilder line = new StringBuilder();
    for (String key : keys) {
      int start = line.length() == 0 ? 0 : (line.length() / column + 1) * column;
      if (start + key.length() + 1 > columns) {
        text(" ", line.toString(), ScreenLine.Style.PLAIN);
        line.setLength(0);
        start = 0;
      }
      line.append(" ".repeat(start - line.length())).append(key);
    }
    return text(" ", line.toString(), ScreenLine.Style.PLAIN);
  }

  QuestionView confirmRest() {
    return text(
        " ",
        "Deny this and all that would be asked in this run from now on?  [y] yes  [Esc] back",
        ScreenLine.Style.WARNING);
  }

  /** The lines that would be written into the policy. */
  QuestionView preview(String answer, Previewed previewed) {
    if (previewed == null) {
      return text(" ", "asking what would be written ...  [Esc] back", ScreenLine.Style.FAINT);
    }
    if (!previewed.problem().isEmpty()) {
      String problem = LineFitter.printable(previewed.problem(), LONGEST_LINE);
      text(" ", "this can't be saved: " + problem, ScreenLine.Style.WARNING);
      return text(" ", "[Esc] back", ScreenLine.Style.PLAIN);
    }
    text(
        " ",
        "to be added to " + LineFitter.printable(previewed.file(), 160) + ":",
        ScreenLine.Style.PLAIN);
    for (String line : previewed.lines()) {
      text("   | ", LineFitter.verbatim(line), ScreenLine.Style.PLAIN);
    }
    return text(" ", "[Enter] save, and " + answer + "  [Esc] back", ScreenLine.Style.PLAIN);
  }

  /** Stack, processes and rules that nearly match: the lines from {@code top} that fit. */
  QuestionView details(Details details, int top, int rows) {
    if (details == null) {
      return text(" ", "asking for details ...  [Esc] back", ScreenLine.Style.FAINT);
    }
    QuestionView all = new QuestionView(columns);
    all.section("rules that nearly match:", details.rules(), "none");
    all.section("processes, outermost first:", details.processes(), "unknown");
    all.section("stack, innermost first:", details.stack(), "unknown");
    int first = Math.max(0, Math.min(top, all.lines.size() - rows));
    int end = Math.min(all.lines.size(), first + Math.max(1, rows));
    lines.addAll(all.lines.subList(first, end));
    boolean more = first > 0 || end < all.lines.size();
    return text(
        " ",
        (more ? "lines " + (first + 1) + " to " + end + " of " + all.lines.size() + "  " : "")
            + (more ? "[Up][Down] scroll  " : "")
            + "[Esc] back",
        ScreenLine.Style.PLAIN);
  }

  private void section(String title, List<String> texts, String none) {
    text(" ", title, ScreenLine.Style.STRONG);
    for (String each : texts.isEmpty() ? List.of(none) : texts) {
      // The target's text is escaped already.
      text(
          "   ", LineFitter.elide(LineFitter.verbatim(each), LONGEST_LINE), ScreenLine.Style.PLAIN);
    }
  }

  private void labelled(String label, String text, ScreenLine.Style style) {
    if (!text.isEmpty()) {
      text("   " + label + " ".repeat(LABEL - label.length() - 1), text, style);
    }
  }

  QuestionView text(String head, String text, ScreenLine.Style style) {
    LineFitter.wrap(head, text, columns).forEach(line -> lines.add(new ScreenLine(line, style)));
    return this;
  }
}
