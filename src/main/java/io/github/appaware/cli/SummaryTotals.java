package io.github.appaware.cli;

import io.github.appaware.wire.Message.Total;
import io.github.appaware.wire.Message.TotalKind;
import java.util.ArrayList;
import java.util.List;

/** Words the hosts and libraries of a run, a line each. */
final class SummaryTotals {
  private SummaryTotals() {}

  /** A message for the hosts and one for the libraries; none where there are none. */
  static List<String> of(List<Total> totals) {
    List<String> all = new ArrayList<>();
    add(all, "hosts:", "other hosts", totals, TotalKind.HOST);
    add(all, "libraries:", "other or unknown code", totals, TotalKind.LIBRARY);
    return all;
  }

  private static void add(
      List<String> all, String head, String others, List<Total> totals, TotalKind kind) {
    StringBuilder text = new StringBuilder(head);
    for (Total each : totals) {
      if (each.kind() == kind) {
        text.append("\n  ").append(each.name().isEmpty() ? others : each.name());
        text.append(": ").append(counts(each));
      }
    }
    if (text.length() > head.length()) {
      all.add(text.toString());
    }
  }

  /** {@code 12 allowed, 3 denied}; of those allowed, how many the policy would not allow. */
  private static String counts(Total total) {
    List<String> counts = new ArrayList<>();
    if (total.allowed() > 0) {
      String would = total.would() > 0 ? " (the policy would not allow " + total.would() + ")" : "";
      counts.add(total.allowed() + " allowed" + would);
    }
    if (total.denied() > 0) {
      counts.add(total.denied() + " denied");
    }
    return String.join(", ", counts);
  }
}
