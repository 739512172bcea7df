package io.github.appaware.identity;

import java.io.IOException;

/**
 * The SHA-256 of what runs, or the reason why it has none.
 *
 * @param sha256 64 lower-case hexadecimal digits; empty if there is a reason, or if the file can't
 *     be read
 * @param reason continues the text {@code has no SHA-256:}; else empty
 */
record Hash(String sha256, String reason) {
  /** Reads files within a {@link ReadBudget}. */
  interface Reader {
    String sha256() throws IOException;
  }

  static final Hash UNREADABLE = new Hash("", "");

  /** The reader's result, or the reason why the budget does not suffice. */
  static Hash of(Reader reader) throws IOException {
    try {
      return new Hash(reader.sha256(), "");
    } catch (UnhashableException e) {
      return new Hash("", e.getMessage());
    }
  }
}
