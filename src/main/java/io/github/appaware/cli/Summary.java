package io.github.appaware.cli;

import io.github.appaware.launch.RunOutcome;
import java.nio.file.Path;
import java.util.List;

/** Words the last lines of a run. */
final class Summary {
  private Summary() {}

  /** The counts, and rules to paste for what could not be asked. */
  static List<String> of(RunOutcome outcome, Path answers) {
    if (outcome.unasked().isEmpty()) {
      return List.of(of(outcome));
    }
    return List.of(
        of(outcome),
        "no one could be asked. To allow what was denied for that reason, add this to `"
            + answers
            + "`:\n\n"
            + String.join("\n\n", outcome.unasked()));
  }

  static String of(RunOutcome outcome) {
    if (!outcome.judged()) {
      return "nothing was judged: no JVM with the agent ran";
    }
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
