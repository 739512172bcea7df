package io.github.appaware.learn;

import io.github.appaware.event.Origin;
import io.github.appaware.record.StableNames;

/** The code that caused an event, as a rule's {@code origin} names it. */
final class Cause {
  private Cause() {}

  /**
   * The coordinates without version, else the jar or directory, else the package; empty where none
   * of them is a literal pattern, so that no rule can be limited to it.
   */
  static String of(Origin origin) {
    Origin.Frame frame = origin.library();
    if (frame == null) {
      return "";
    }
    String[] maven = frame.source().maven().split(":", -1);
    if (maven.length == 3 && isWord(maven[0]) && isWord(maven[1])) {
      return "maven:" + maven[0] + ":" + maven[1];
    }
    String file = frame.source().file();
    if (!file.isEmpty() && FarEnd.isLiteral(file) && file.indexOf('!') < 0) {
      return "jar:" + StableNames.of(file);
    }
    String name = frame.packageName();
    return isWord(name) ? "package:" + name : "";
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "._-$".indexOf(c) >= 0));
  }
}
