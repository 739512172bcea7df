package io.github.appaware.cli;

import io.github.appaware.launch.Outcome;

/** Words the last line of a run. */
final class Summary {
  private Summary() {}

  static String of(Outcome outcome) {
    if (outcome.allowed() + outcome.denied() == 0) {
      return "no network events";
    }
    String counts = outcome.allowed() + " allowed, " + outcome.denied() + " denied";
    if (outcome.denials().isEmpty()) {
      return counts;
    }
    return counts + ": " + String.join("; ", outcome.denials());
  }
}
