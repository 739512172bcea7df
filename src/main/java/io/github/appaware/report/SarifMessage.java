package io.github.appaware.report;

import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import io.github.appaware.report.SarifAlerts.Alert;
import java.util.List;

/**
 * The text of an alert. Its first sentence is the title. SARIF (section 3.11) reads links and
 * placeholders in texts: none may come from the run.
 */
final class SarifMessage {
  private SarifMessage() {}

  static String of(Alert alert, String rule) {
    Finding first = alert.first();
    StringBuilder text = new StringBuilder(300);
    text.append(first.outcome() == Outcome.DENIED ? "Denied: " : "Would be denied: ");
    text.append(first.event());
    if (!first.code().isEmpty()) {
      text.append(", from ").append(first.code());
    }
    text.append(".\n").append(alert.count()).append(alert.count() == 1 ? " event " : " events ");
    text.append("of ").append(String.join(", ", alert.apps()));
    names(text, "called by", alert.callers());
    names(text, "in test", alert.tests());
    text.append(", ").append(first.reason()).append('.');
    if (!rule.isEmpty()) {
      text.append("\nTo allow it, add to the policy:\n\n").append(rule).append('\n');
    }
    return plain(text.toString());
  }

  private static void names(StringBuilder text, String what, List<String> names) {
    if (!names.isEmpty()) {
      text.append(", ").append(what).append(' ').append(String.join(", ", names));
    }
  }

  /** Without links; braces, which enclose the number of an argument, are doubled. */
  static String plain(String text) {
    return text.replace("](", "] (").replace("{", "{{").replace("}", "}}");
  }
}
