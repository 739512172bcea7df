package io.github.appaware.report;

import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What was denied, as workflow commands that GitHub Actions shows beside the job. */
public final class GithubAnnotations {
  private GithubAnnotations() {}

  /**
   * The lines; the last one tells how many there are more.
   *
   * @param most how many there may be
   * @param advice says what would allow each
   */
  public static List<String> of(Findings findings, int most, Advice advice) {
    if (most <= 0) {
      return List.of();
    }
    List<Finding> denied =
        findings.all().stream().filter(each -> each.outcome() == Outcome.DENIED).toList();
    List<String> lines = new ArrayList<>();
    int shown = denied.size() <= most ? denied.size() : most - 1;
    for (Finding each : denied.subList(0, shown)) {
      String library = each.code().isEmpty() ? "" : ", from " + each.code();
      String caller = each.caller().isEmpty() ? "" : ", called by " + each.caller();
      String test = each.test().isEmpty() ? "" : ", in test " + each.test();
      String times = each.count() > 1 ? ", " + each.count() + " times" : "";
      String rule = advice.of(List.of(each.entry()));
      String add = rule.isEmpty() ? "" : "\nto allow it:\n" + rule;
      lines.add(line(each.event() + times + library + caller + test + ", " + each.reason() + add));
    }
    if (shown < denied.size()) {
      lines.add(line("and " + (denied.size() - shown) + " more: see the report"));
    }
    return lines;
  }

  /** The texts have no line ends; a percent sign begins an escape. */
  private static String line(String message) {
    String escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    return "::error title=appaware denied::" + escaped;
  }
}
