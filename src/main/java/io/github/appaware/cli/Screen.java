package io.github.appaware.cli;

import io.github.appaware.prompt.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the standard streams and the terminal can show. Colours are used as many programs do: the
 * option comes first, then NO_COLOR (no-color.org), CLICOLOR_FORCE and CLICOLOR
 * (bixense.com/clicolors), then whether the stream is a terminal that is not dumb.
 */
class Screen {
  /** Neither colours nor a limit. */
  static final Screen NONE = new Screen(Map.of("NO_COLOR", "1"));

  /** The output. */
  static final int OUT = 1;

  /** The error stream. */
  static final int ERR = 2;

  private final Map<String, String> environment;
  private ColorWhen when = ColorWhen.AUTO;

  Screen(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The option {@code --color}. */
  void use(ColorWhen choice) {
    when = choice;
  }

  /** Whether the stream gets colours. */
  boolean hasColors(int stream) {
    return isColored(isTerminal(stream));
  }

  /** Whether the controlling terminal does, whatever the streams are. */
  boolean hasColorsOnTerminal() {
    return isColored(true);
  }

  private boolean isColored(boolean terminal) {
    return switch (when) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> isWanted(terminal);
    };
  }

  private boolean isWanted(boolean terminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    if (!environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?")) {
      return true;
    }
    return terminal
        && !environment.getOrDefault("CLICOLOR", "1").equals("0")
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** Whether the stream is a terminal: proc(5). */
  boolean isTerminal(int stream) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** The size of the terminal at the stream. */
  TerminalSize size(int stream) {
    return isTerminal(stream) ? TerminalSize.measure() : TerminalSize.UNKNOWN;
  }

  /** The user's own pager; empty for none. */
  String pager() {
    return environment.getOrDefault("PAGER", "less").strip();
  }
}
