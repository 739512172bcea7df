package io.github.appaware.cli;

import io.github.appaware.report.Baseline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Words what is new since an earlier record, and what is gone. */
final class BaselineCheck {
  private static final int MOST_LINES = 20;

  private final Path named;
  private final Baseline baseline = new Baseline();

  /**
   * Reads the earlier record.
   *
   * @throws UsageException when it can't be read: nothing would be known of what is new
   */
  BaselineCheck(Path named, Console console, PolicyFiles.Places places)
      throws UsageException, IOException {
    this.named = named;
    new RecordFiles(console, places, InputStream.nullInputStream())
        .readAll(List.of(named), baseline::known);
  }

  Baseline baseline() {
    return baseline;
  }

  /** Whether something is new, or may be. */
  boolean isNew() {
    return !baseline.fresh().isEmpty() || baseline.uncertain() > 0;
  }

  void tell(Console console) {
    List<String> fresh =
        baseline.fresh().stream()
            .map(
                each ->
                    each.destination().describe()
                        + (each.count() > 1 ? ", " + each.count() + " times" : ""))
            .toList();
    tell(console, "new since `" + named + "`:", fresh);
    tell(
        console,
        "gone since `" + named + "`:",
        baseline.gone().stream().map(each -> each.describe()).toList());
    if (baseline.uncertain() > 0) {
      console.tell(
          "of "
              + baseline.uncertain()
              + " events the record has the count alone: some may be new since `"
              + named
              + "`");
    }
  }

  private static void tell(Console console, String head, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(head);
    lines.stream().limit(MOST_LINES).forEach(line -> text.append('\n').append(line));
    if (lines.size() > MOST_LINES) {
      text.append("\nand ").append(lines.size() - MOST_LINES).append(" more");
    }
    console.tell(text.toString());
  }
}
