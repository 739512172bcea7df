package io.github.appaware.policy.edit;

import java.util.List;

/**
 * Appends paragraphs to a text, with the line ends that it has, and with or without a last one as
 * it has.
 */
final class ParagraphAppender {
  private final StringBuilder text;
  private final String end;
  private final boolean endsWithLineEnd;

  ParagraphAppender(String text) {
    this.text = new StringBuilder(text);
    this.end = lineEnd(text);
    this.endsWithLineEnd = text.isEmpty() || text.endsWith("\n");
  }

  /** The line end that most lines have. */
  static String lineEnd(String text) {
    int all = 0;
    int windows = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      all++;
      if (i > 0 && text.charAt(i - 1) == '\r') {
        windows++;
      }
    }
    return 2 * windows > all ? "\r\n" : "\n";
  }

  /** Adds an empty line, then these. */
  void addParagraph(List<String> lines) {
    if (text.length() > 0) {
      if (text.charAt(text.length() - 1) != '\n') {
        text.append(end);
      }
      if (!text.toString().endsWith(end + end)) {
        text.append(end);
      }
    }
    text.append(String.join(end, lines));
    if (endsWithLineEnd) {
      text.append(end);
    }
  }

  /** The number, from 1, of the n-th of the lines that were added last. */
  int lastLineOf(List<String> added, int n) {
    int count = 0;
    for (int i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) {
      count++;
    }
    int last = text.charAt(text.length() - 1) == '\n' ? count : count + 1;
    return last - added.size() + n + 1;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
