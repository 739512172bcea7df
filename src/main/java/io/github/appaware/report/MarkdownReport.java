package io.github.appaware.report;

import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.util.List;

/**
 * A report in GitHub's Markdown. Of texts from the run, every character but letters, digits and
 * spaces is written as an entity: none of them is markup, a link or a mention.
 */
public final class MarkdownReport {
  /** GitHub refuses a step's summary of more than 1 MiB. */
  public static final int LIMIT = 1024 * 1024;

  /** For what follows the last row. */
  private static final int RESERVE = 2_000;

  private static final int MOST_ADVICE = 20;

  private final int limit;
  private final Advice advice;
  private final StringBuilder text = new StringBuilder();

  /**
   * A report.
   *
   * @param limit the most bytes it may have
   */
  public MarkdownReport(int limit, Advice advice) {
    this.limit = limit;
    this.advice = advice;
  }

  /** The text, in ASCII. */
  public String write(Findings findings) {
    text.setLength(0);
    text.append("## Network events\n\n").append(findings.count(Outcome.DENIED));
    text.append(" denied, ").append(findings.count(Outcome.ALLOWED)).append(" allowed");
    if (findings.count(Outcome.WOULD) > 0) {
      text.append(", ").append(findings.count(Outcome.WOULD));
      text.append(" allowed in audit mode alone");
    }
    text.append(".\n\n");
    List<Finding> all = findings.all();
    if (!all.isEmpty()) {
      text.append("| verdict | count | event | application | library | caller | test | reason |\n");
      text.append("| --- | ---: | --- | --- | --- | --- | --- | --- |\n");
    }
    String inventory = ServicesMarkdown.of(findings.services(), limit / 4);
    int shown = rows(all, limit - RESERVE - inventory.length());
    if (shown < all.size() || findings.unnamed() > 0) {
      text.append("\nand ").append(all.size() - shown).append(" more rows");
      text.append(findings.unnamed() > 0 ? ", and more events" : "").append('\n');
    }
    text.append(inventory);
    advise(all);
    return text.toString();
  }

  private int rows(List<Finding> all, int end) {
    int shown = 0;
    for (Finding each : all) {
      String row =
          "| "
              + each.outcome().label()
              + " | "
              + each.count()
              + cell(each.event())
              + cell(each.app())
              + cell(each.code())
              + cell(each.caller())
              + cell(each.test())
              + cell(each.reason())
              + " |\n";
      if (text.length() + row.length() > end) {
        break;
      }
      text.append(row);
      shown++;
    }
    return shown;
  }

  /** Rules for what was denied, for as much of it as there is room. */
  private void advise(List<Finding> all) {
    List<RecordEntry> denied =
        all.stream()
            .filter(each -> each.outcome() != Outcome.ALLOWED)
            .limit(MOST_ADVICE)
            .map(Finding::entry)
            .toList();
    for (int most = denied.size(); most > 0; most /= 2) {
      String rules = advice.of(denied.subList(0, most)).strip();
      String part = "\nTo allow what was denied:\n\n```toml\n" + rules + "\n```\n";
      if (text.length() + part.length() <= limit && !rules.isEmpty() && !rules.contains("```")) {
        text.append(part);
        return;
      }
    }
  }

  private static String cell(String words) {
    return " | " + code(words);
  }

  static String code(String words) {
    return words.isEmpty() ? "" : "<code>" + escaped(words) + "</code>";
  }

  static String escaped(String words) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean plain = c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (plain || (c >= '0' && c <= '9')) {
        escaped.append(c);
      } else {
        escaped.append("&#").append((int) c).append(';');
      }
    }
    return escaped.toString();
  }
}
