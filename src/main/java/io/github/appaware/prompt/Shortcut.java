package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import java.util.Map;
import java.util.Optional;

/** Answers that have a key of their own. */
final class Shortcut {
  private static final Map<Integer, Choice> CHOICES =
      Map.of(
          (int) 'd', Choice.DENY_ONCE,
          (int) 'a', endpoint(true, Choice.Term.ONCE),
          (int) 'r', endpoint(true, Choice.Term.RUN),
          (int) 'w', endpoint(true, Choice.Term.ALWAYS),
          (int) 'n', endpoint(false, Choice.Term.ALWAYS));

  private Shortcut() {}

  private static Choice endpoint(boolean allow, Choice.Term term) {
    return new Choice(allow, Choice.Scope.ENDPOINT, term);
  }

  /** The answer of this key; empty if it has none. */
  static Optional<Choice> of(int letter) {
    return Optional.ofNullable(CHOICES.get(letter));
  }
}
