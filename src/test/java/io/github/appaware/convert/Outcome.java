package io.github.appaware.convert;

import io.github.appaware.convert.Conversion.Carried;
import io.github.appaware.convert.Conversion.LeftOut;
import io.github.appaware.policy.edit.EditException;
import java.util.ArrayList;
import java.util.List;

/** What became of the entries, a text for all. */
final class Outcome {
  private Outcome() {}

  /** The rules' keys, or why there are none, in the order of the entries. */
  static String of(Conversion conversion) {
    List<String> all = new ArrayList<>();
    for (Conversion.Piece piece : conversion.pieces()) {
      if (piece instanceof Carried carried) {
        all.add(words(carried));
      } else if (piece instanceof LeftOut leftOut) {
        all.add((leftOut.lost() ? "lost: " : "passed: ") + leftOut.reason());
      }
    }
    return String.join("; ", all);
  }

  private static String words(Carried carried) {
    List<String> words = new ArrayList<>();
    try {
      for (String line : carried.block().lines()) {
        if (line.startsWith("action")) {
          words.add(line.replaceAll(".*\"(.*)\"", "$1"));
        } else if (!line.startsWith("[[")) {
          words.add(line.replaceFirst(" *= ", "="));
        }
      }
    } catch (EditException e) {
      throw new AssertionError(e);
    }
    return String.join(" ", words)
        + (carried.remark().isEmpty() ? "" : " (" + carried.remark() + ")");
  }
}
