package io.github.appaware.learn;

import io.github.appaware.event.Text;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;

/** How often something was seen, where first, and what caused it. */
final class Seen {
  private final String source;
  private final String library;
  private final String caller;
  private final String test;
  private long count;

  /**
   * Of its first entry.
   *
   * @param source the name of the record
   */
  Seen(RecordEntry entry, String source) {
    this.source = source;
    this.library = Text.printable(LibraryNames.of(entry.origin()));
    this.caller =
        entry.origin().caller() != null
            ? entry.origin().caller().describe()
            : entry.origin().library() != null ? entry.origin().library().describe() : "";
    this.test = Text.printable(entry.origin().test());
  }

  void add(RecordEntry entry) {
    count += entry.count();
  }

  String source() {
    return source;
  }

  long count() {
    return count;
  }

  /** {@code org.postgresql:postgresql:42.7.4, first by com.acme.Db.open:12}. */
  String cause() {
    return (library.isEmpty() ? "unknown code" : library)
        + (caller.isEmpty() ? "" : ", first by " + caller)
        + (test.isEmpty() ? "" : " in test " + test);
  }
}
