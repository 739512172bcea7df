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
  private static final int LONGEST_TEST = 160;

  /** Of a column of keys: a terminal of 50 columns has two of them. */
  private static final int NARROWEST = 24;

  /** Lines of a text that is scrolled, where the screen is that low. */
  private static final int LEAST_SCROLLED = 3;

  private static final String LEAVE = "[x] leave it to others";

  private static final List<String> KEYS =
      List.of(
          "[d] deny once (Enter)",
          "[a] allow once",
          "[r] allow for this run",
          "[w] allow always",
          "[n] deny always",
          "[s] other scope or time",
          "[?] details",
          LEAVE,
          "[D] deny all the rest");

  private final int columns;
  private final List<ScreenLine> lines = new ArrayList<>();

  QuestionView(int columns) {
    this.columns = columns;
  }

  List<ScreenLine> lines() {
    return lines;
  }

  /**
   * The heading, with the time left and the number of other questions.
   *
   * @param frozen whether the time stands still
   */
  QuestionView head(long seconds, boolean frozen, int others) {
    String time = frozen ? seconds + " s left, waiting for you" : "denied in " + seconds + " s";
    String right = time + (others > 0 ? ", " + others + " more waiting" : "");
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
    for (String line : EventText.origin(question.application(), question.origin())) {
      labelled(label, line, ScreenLine.Style.PLAIN);
      label = "";
    }
    labelled("called by", EventText.caller(question.origin()), ScreenLine.Style.PLAIN);
    labelled(
        "in test",
        LineFitter.printable(question.origin().test(), LONGEST_TEST),
        ScreenLine.Style.PLAIN);
    if (question.tries() > 1) {
      labelled("tried", question.tries() + " times", ScreenLine.Style.PLAIN);
    }
    return this;
  }

  private static boolean isOutside(Event event) {
    return event.peer() != null && event.peer().isOutside();
  }

  /** The keys that there are for this question. */
  QuestionView keys(Question question) {
    List<String> keys = new ArrayList<>(KEYS);
    if (!question.elsewhere()) {
      keys.remove(LEAVE);
    }
    columns(keys);
    return question.formerly().isEmpty()
        ? this
        : text(
            " ",
            "[u] this is the new "
                + LineFitter.printable(question.formerly(), 40)
                + ": add its hash, keep its rules",
            ScreenLine.Style.PLAIN);
  }

  /** In columns, as many to a line as fit. */
  private void columns(List<String> keys) {
    int column = Math.max(NARROWEST, columns / 4);
    StringBuilder line = new StringBuilder();
    for (String key : keys) {
      int start = line.length() == 0 ? 0 : (line.length() / column + 1) * column;
      if (start + key.length() + 1 > columns) {
        text(" ", line.toString(), ScreenLine.Style.KEYS);
        line.setLength(0);
        start = 0;
      }
      line.append(" ".repeat(start - line.length())).append(key);
    }
    text(" ", line.toString(), ScreenLine.Style.KEYS);
  }

  /** The key for the last answer, in one line. */
  QuestionView takeBack(String last) {
    if (!last.isEmpty()) {
      String text = LineFitter.cut(" [z] take back: " + last, columns - 1);
      lines.add(new ScreenLine(text, ScreenLine.Style.PLAIN));
    }
    return this;
  }

  QuestionView confirmRest() {
    return text(
        " ",
        "Deny this and all that would be asked in this run from now on?  [y] yes  [Esc] back",
        ScreenLine.Style.WARNING);
  }

  /** The lines that would be written into the policy: saved are only those that were shown. */
  QuestionView preview(String answer, Previewed previewed, ScrolledLines scrolled, int rows) {
    if (previewed == null) {
      return text(" ", "asking what would be written ...  [Esc] back", ScreenLine.Style.FAINT);
    }
    if (!previewed.problem().isEmpty()) {
      String problem = LineFitter.printable(previewed.problem(), LONGEST_LINE);
      text(" ", "this can't be saved: " + problem, ScreenLine.Style.WARNING);
      return keys("[Esc] back");
    }
    text(
        " ",
        "to be added to " + LineFitter.printable(previewed.file(), 160) + ":",
        ScreenLine.Style.PLAIN);
    QuestionView all = new QuestionView(columns);
    for (String line : previewed.lines()) {
      all.text("   | ", LineFitter.verbatim(line), ScreenLine.Style.PLAIN);
    }
    return scrolled(
        all, scrolled, rows, "[Enter] save, and " + answer + "  [Esc] back", "[Enter] go on  ");
  }

  /** Stack, processes and rules that nearly match. */
  QuestionView details(Details details, ScrolledLines scrolled, int rows) {
    if (details == null) {
      return text(" ", "asking for details ...  [Esc] back", ScreenLine.Style.FAINT);
    }
    QuestionView all = new QuestionView(columns);
    all.section("rules that nearly match:", details.rules(), "none");
    all.section("processes, outermost first:", details.processes(), "unknown");
    all.section("stack, innermost first:", details.stack(), "unknown");
    return scrolled(all, scrolled, rows, "[Esc] back", "");
  }

  /**
   * The lines that fit below those so far, which give way where too little room is left.
   *
   * @param last the keys once all lines were shown
   * @param before those before it, besides the keys that scroll
   */
  private QuestionView scrolled(
      QuestionView all, ScrolledLines scrolled, int rows, String last, String before) {
    int keys = 1 + LineFitter.wrapKeys(" ", last, columns).size();
    int least = Math.min(all.lines.size(), LEAST_SCROLLED);
    while (lines.size() > 1 && rows - lines.size() - keys < least) {
      lines.remove(1); // the heading stays
    }
    int room = rows - lines.size() - keys;
    if (room < 1) {
      return text(" ", "the window is too small for it  [Esc] back", ScreenLine.Style.WARNING);
    }
    lines.addAll(scrolled.of(all.lines, room));
    if (scrolled.isPart()) {
      text(
          " ",
          scrolled.words() + "  [Up][Down] scroll",
          scrolled.isSeen() ? ScreenLine.Style.PLAIN : ScreenLine.Style.STRONG);
    }
    return keys(scrolled.isSeen() ? last : before + "[Esc] back");
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

  private QuestionView keys(String text) {
    LineFitter.wrapKeys(" ", text, columns)
        .forEach(line -> lines.add(new ScreenLine(line, ScreenLine.Style.KEYS)));
    return this;
  }

  QuestionView text(String head, String text, ScreenLine.Style style) {
    LineFitter.wrap(head, text, columns).forEach(line -> lines.add(new ScreenLine(line, style)));
    return this;
  }
}
