package io.github.appaware.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The findings for the README: one row for the JDKs on which they are the same. */
final class Table {
  private final List<Finding> findings = new ArrayList<>();

  void add(Finding finding) {
    findings.add(finding);
  }

  /** In Markdown. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            """
            | program | version | JDK | equal | blocked under deny | plain / with, seconds |
            |---|---|---|---|---|---|
            """);
    List<Finding> left = new ArrayList<>(findings);
    while (!left.isEmpty()) {
      Finding first = left.get(0);
      List<Finding> same = left.stream().filter(each -> alike(first, each)).toList();
      left.removeAll(same);
      text.append(row(first, same));
    }
    return text.toString();
  }

  private static boolean alike(Finding a, Finding b) {
    return a.name().equals(b.name())
        && a.equal().equals(b.equal())
        && a.blocked().equals(b.blocked());
  }

  private static String row(Finding first, List<Finding> same) {
    return "| "
        + String.join(
            " | ",
            first.name(),
            first.version(),
            String.join(", ", same.stream().map(each -> Integer.toString(each.jdk())).toList()),
            first.equal(),
            first.blocked(),
            first.skipped().isEmpty()
                ? String.join(", ", same.stream().map(Table::times).toList())
                : "")
        + " |\n";
  }

  private static String times(Finding finding) {
    return seconds(finding.plain()) + " / " + seconds(finding.with());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }
}
