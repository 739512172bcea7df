package io.github.appaware.policy.model;

import java.util.Collection;
import java.util.Locale;

/** Help for an unknown word. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean `host`?}, or all known words if none is close. */
  public static String help(String word, Collection<String> known) {
    String closest = null;
    int least = Math.max(1, word.length() / 3) + 1;
    // Words of different length are at least that far apart: long text costs nothing.
    for (String candidate : known) {
      if (Math.abs(candidate.length() - word.length()) < least) {
        int distance = distance(word.toLowerCase(Locale.ROOT), candidate);
        if (distance < least) {
          closest = candidate;
          least = distance;
        }
      }
    }
    return closest != null
        ? "did you mean `" + closest + "`?"
        : "expected one of " + UserText.list(known);
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
