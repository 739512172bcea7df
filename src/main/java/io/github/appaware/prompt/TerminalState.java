package io.github.appaware.prompt;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The modes of the controlling terminal as one word, so that another process can restore them after
 * this one was killed.
 *
 * @param text as {@code stty -g} writes it
 */
public record TerminalState(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f:]{1,500}");

  public TerminalState {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a state of a terminal");
    }
  }

  /** The current modes; empty without a terminal. */
  public static Optional<TerminalState> save() {
    try {
      return Optional.of(new TerminalState(Tty.stty(List.of("-g")).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Restores the modes. */
  public void restore() {
    try {
      Tty.stty(List.of(text));
    } catch (IOException e) {
      // The terminal is gone.
    }
  }
}
