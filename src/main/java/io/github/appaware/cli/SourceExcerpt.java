package io.github.appaware.cli;

import io.github.appaware.policy.model.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Shows the line of a file that a problem is about, with a caret below the column. Reads each file
 * once as long as the problems come in the order of its lines. Not thread-safe.
 */
final class SourceExcerpt implements AutoCloseable {
  /** The most characters of a line, the column in their middle. */
  private static final int MOST = 72;

  private static final String GAP = "...";

  private final Path directory;
  private String file = "";
  private BufferedReader reader;
  private String text;
  private int line;

  /**
   * An excerpt of files.
   *
   * @param directory where relative names of files start
   */
  SourceExcerpt(Path directory) {
    this.directory = directory;
  }

  /** Two lines, or none if the problem has no place or its file can't be read any more. */
  List<String> of(Problem problem) {
    String source = problem.line() == 0 ? null : line(problem.file(), problem.line());
    if (source == null || problem.column() > source.length() + 1) {
      return List.of();
    }
    int column = problem.column() - 1;
    int begin = source.length() <= MOST ? 0 : Math.max(0, column - MOST / 2);
    int end = Math.min(source.length(), begin + MOST);
    if (begin > 0 && Character.isLowSurrogate(source.charAt(begin))) {
      begin--;
    }
    String before = (begin > 0 ? GAP : "") + shown(source.substring(begin, column));
    String after = shown(source.substring(column, end)) + (end < source.length() ? GAP : "");
    String number = "  " + problem.line() + " | ";
    String margin = " ".repeat(number.length() - 2) + "| ";
    return List.of(number + before + after, margin + " ".repeat(width(before)) + "^");
  }

  /** On one line, and without what would steer the terminal. */
  private static String shown(String part) {
    return Console.visible(part.replace('\t', ' '));
  }

  /** Columns of a terminal. */
  private static int width(String shown) {
    return shown.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /** The line, from 1; null if there is none. */
  private String line(String name, int number) {
    try {
      if (!name.equals(file) || number < line) {
        close();
        reader = Files.newBufferedReader(directory.resolve(name));
        file = name;
      }
      while (line < number && reader != null) {
        text = reader.readLine();
        line++;
        if (text == null) {
          close();
        }
      }
      return text;
    } catch (IOException e) {
      close(); // it was read before; what is wrong with it was said without its text
      return null;
    }
  }

  @Override
  public void close() {
    BufferedReader open = reader;
    reader = null;
    file = "";
    text = null;
    line = 0;
    if (open != null) {
      try (open) {
        return;
      } catch (IOException e) {
        return; // nothing was written
      }
    }
  }
}
