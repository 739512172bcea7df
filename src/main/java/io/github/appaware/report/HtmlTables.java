package io.github.appaware.report;

import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import io.github.appaware.report.Services.Service;
import java.util.List;
import java.util.Locale;

/**
 * The tables of the HTML page. On a narrow screen each row becomes a list with its column names.
 */
final class HtmlTables {
  static final int MOST_ROWS = 2_000;

  /** Of the page so far, from which on no row is added. */
  static final int MOST_CHARACTERS = 8 * 1024 * 1024;

  /** A column of the table of all events. */
  private enum Column {
    VERDICT,
    COUNT,
    EVENT,
    APPLICATION,
    LIBRARY,
    CALLER,
    TEST,
    REASON;

    private String cell(Finding each) {
      return switch (this) {
        case VERDICT -> DeniedCards.label(each.outcome());
        case COUNT -> Long.toString(each.count());
        case EVENT -> each.event();
        case APPLICATION -> each.app();
        case LIBRARY -> each.code();
        case CALLER -> each.caller();
        case TEST -> each.test();
        case REASON -> each.reason();
      };
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private HtmlTables() {}

  static void events(Findings findings, Markup out) {
    List<Finding> all = findings.all();
    out.open("table").open("thead").open("tr");
    for (Column column : Column.values()) {
      head(out, column.label(), column == Column.COUNT);
    }
    out.close("tr").close("thead").open("tbody");
    int shown = 0;
    for (Finding each : all) {
      if (shown == MOST_ROWS || out.length() > MOST_CHARACTERS) {
        break;
      }
      out.open("tr", "class", each.outcome().label());
      for (Column column : Column.values()) {
        cell(out, column.label(), column.cell(each), column == Column.COUNT);
      }
      out.close("tr").line();
      shown++;
    }
    out.close("tbody").close("table");
    more(out, all.size() - shown, "rows");
    if (findings.unnamed() > 0) {
      out.leaf("p", findings.unnamed() + " events were only counted");
    }
  }

  static void services(List<Service> services, Markup out) {
    out.open("table").open("thead").open("tr");
    head(out, "host", false);
    head(out, "port", false);
    head(out, "protocol", false);
    head(out, "verdict", false);
    head(out, "count", true);
    head(out, "applications", false);
    head(out, "libraries", false);
    head(out, "purpose", false);
    out.close("tr").close("thead").open("tbody");
    int shown = 0;
    for (Service each : services) {
      if (shown == MOST_ROWS || out.length() > MOST_CHARACTERS) {
        break;
      }
      Outcome worst = each.worst();
      out.open("tr", "class", worst.label());
      cell(out, "host", each.target().host(), false);
      cell(
          out,
          "port",
          each.target().port().isEmpty() ? "look-up only" : each.target().port(),
          false);
      cell(out, "protocol", each.target().protocol(), false);
      cell(out, "verdict", DeniedCards.label(worst), false);
      cell(out, "count", Long.toString(each.count()), true);
      cell(out, "applications", String.join(", ", each.apps()), false);
      cell(out, "libraries", String.join(", ", each.libraries()), false);
      out.leaf("td", "", "data-label", "purpose", "class", "fill");
      out.close("tr").line();
      shown++;
    }
    out.close("tbody").close("table");
    more(out, services.size() - shown, "services");
  }

  private static void more(Markup out, int more, String what) {
    if (more > 0) {
      out.leaf("p", "and " + more + " more " + what);
    }
  }

  private static void head(Markup out, String label, boolean number) {
    if (number) {
      out.leaf("th", label, "scope", "col", "class", "number");
    } else {
      out.leaf("th", label, "scope", "col");
    }
  }

  private static void cell(Markup out, String label, String text, boolean number) {
    if (number) {
      out.leaf("td", text, "data-label", label, "class", "number");
    } else {
      out.leaf("td", text, "data-label", label);
    }
  }
}
