package io.github.appaware.prompt;

import java.io.IOException;
import java.util.List;

/**
 * The size of the controlling terminal.
 *
 * @param rows 0 if it is not known
 * @param columns 0 if it is not known
 */
public record TerminalSize(int rows, int columns) {
  /** Of no terminal. */
  public static final TerminalSize UNKNOWN = new TerminalSize(0, 0);

  /** Asks the terminal's driver. */
  public static TerminalSize measure() {
    try {
      String[] size = Tty.stty(List.of("size")).strip().split(" ", -1);
      return new TerminalSize(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }
}
