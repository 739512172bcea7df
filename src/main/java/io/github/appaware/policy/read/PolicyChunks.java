package io.github.appaware.policy.read;

import io.github.appaware.policy.model.MalformedValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a long policy into chunks at its {@code [[rule]]} lines. The parser builds a tree of its
 * whole input, which for a hundred thousand rules takes more memory than the server has; chunk by
 * chunk it takes little.
 *
 * <p>Cuts only where that can't change what the text means: no string spans lines in it, and from
 * the first cut on no line begins with a bracket but {@code [[rule]]} itself.
 */
final class PolicyChunks {
  /** Short texts stay whole. */
  private static final int LENGTH = 1 << 16;

  /** As much as the server has memory for: the parser takes some fifty bytes for each character. */
  private static final int LONGEST = 2 << 20;

  private static final String CUT = "[[rule]]";

  private PolicyChunks() {}

  /**
   * One piece.
   *
   * @param text of whole lines
   * @param line how many lines stand before it
   */
  record Chunk(String text, int line) {}

  /** The pieces in their order. */
  static List<Chunk> of(String text) throws MalformedValue {
    List<Chunk> chunks = text.length() <= LENGTH ? null : cut(text);
    if (chunks == null) {
      chunks = List.of(new Chunk(text, 0));
    }
    for (Chunk chunk : chunks) {
      if (chunk.text.length() > LONGEST) {
        throw new MalformedValue(
            "too large to be parsed at once",
            chunks.size() == 1
                ? "above 2 MiB, no string may span lines, and other tables must precede `[[rule]]`"
                : "put long lists of hosts into a `host-list`");
      }
    }
    return chunks;
  }

  /** Null if the text can't be cut. */
  private static List<Chunk> cut(String text) {
    if (text.contains("\"\"\"") || text.contains("'''")) {
      return null;
    }
    List<Chunk> chunks = new ArrayList<>();
    boolean begun = false;
    int start = 0;
    int startLine = 0;
    int line = 0;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      int first = at;
      while (first < next && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
        first++;
      }
      if (first < next && text.charAt(first) == '[') {
        boolean rule = text.substring(first, next).strip().equals(CUT);
        if (rule && (!begun || at - start >= LENGTH)) {
          chunks.add(new Chunk(text.substring(start, at), startLine));
          start = at;
          startLine = line;
          begun = true;
        } else if (!rule && begun) {
          return null;
        }
      }
      at = next;
      line++;
    }
    chunks.add(new Chunk(text.substring(start), startLine));
    return chunks;
  }
}
