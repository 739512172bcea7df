package io.github.appaware.cli;

import io.github.appaware.prompt.MessageWrap;
import io.github.appaware.prompt.Paint;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;

/**
 * The standard streams. Only results go to {@code out}. Messages about the run go to {@code err},
 * each line marked with the program's name, as the target writes to the same stream.
 */
record Console(PrintWriter out, PrintWriter err, Screen screen) {
  /** Streams without colours. */
  Console(PrintWriter out, PrintWriter err) {
    this(out, err, Screen.NONE);
  }

  /** Prints a message, which may have several lines. */
  void tell(String text) {
    boolean colors = screen.hasColors(Screen.ERR);
    for (String line : wrapped(lines(text))) {
      err.println(colors ? Paint.message(line) : line);
    }
  }

  /** Lines no wider than the terminal; what follows an empty line is to be copied, and stays. */
  private List<String> wrapped(List<String> lines) {
    int columns = screen.size(Screen.ERR).columns();
    List<String> all = new ArrayList<>();
    boolean verbatim = false;
    for (String line : lines) {
      verbatim |= line.isBlank();
      all.addAll(verbatim ? List.of(line) : MessageWrap.wrap(line, columns));
    }
    return all;
  }

  /** Prints a result that is a sentence, no wider than the terminal. */
  void print(String line) {
    MessageWrap.wrap(line, screen.size(Screen.OUT).columns()).forEach(out::println);
  }

  /** How help is shown on a stream. */
  Help.ColorScheme help(int stream) {
    return Help.defaultColorScheme(screen.hasColors(stream) ? Help.Ansi.ON : Help.Ansi.OFF);
  }

  /** The word, in its colour where the output has colours. */
  String word(String word) {
    return screen.hasColors(Screen.OUT) ? Paint.word(word) : word;
  }

  /** The text, where the output has styles so that it stands out. */
  String strong(String text) {
    return screen.hasColors(Screen.OUT) ? Paint.strong(text) : text;
  }

  /** The lines that {@link #tell} prints. */
  static List<String> lines(String text) {
    return ("appaware: " + visible(text).replace("\n", "\n          ")).lines().toList();
  }

  /** Prints what went wrong, and what to do about it. */
  void fail(String message, String help) {
    tell(message);
    if (!help.isEmpty()) {
      boolean colors = screen.hasColors(Screen.ERR);
      int columns = screen.size(Screen.ERR).columns();
      for (String line : MessageWrap.wrap("  help: " + visible(help), columns)) {
        err.println(colors ? line.replaceFirst("^  help:", "  " + Paint.strong("help:")) : line);
      }
    }
  }

  /**
   * The text with control and formatting characters escaped as {@code \\}{@code uXXXX}, as they
   * would steer the terminal or reorder the text. Letters of all scripts stay as they are.
   */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean steers = c != '\n' && Character.isISOControl(c);
      if (steers || Character.getType(c) == Character.FORMAT) {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
