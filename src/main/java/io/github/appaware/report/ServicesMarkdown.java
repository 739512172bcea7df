package io.github.appaware.report;

import io.github.appaware.report.Services.Service;
import java.util.List;

/** The inventory of external services in Markdown. */
final class ServicesMarkdown {
  private static final String HEAD =
      """

      ### External services

      The purpose is left to fill in (ASVS 5.0, 13.1.1 and 13.2.4).

      | host | port | protocol | verdict | count | applications | libraries | purpose |
      | --- | --- | --- | --- | ---: | --- | --- | --- |
      """;

  /** For the line after the last row. */
  private static final int RESERVE = 100;

  private ServicesMarkdown() {}

  /**
   * The section; empty without any service, or room for one.
   *
   * @param room the most characters it may have
   */
  static String of(List<Service> services, int room) {
    StringBuilder text = new StringBuilder(HEAD);
    int shown = 0;
    for (Service each : services) {
      String row = row(each);
      if (text.length() + row.length() > room - RESERVE) {
        break;
      }
      text.append(row);
      shown++;
    }
    if (shown == 0) {
      return "";
    }
    if (shown < services.size()) {
      text.append("\nand ").append(services.size() - shown).append(" more services\n");
    }
    return text.toString();
  }

  private static String row(Service service) {
    return "| "
        + MarkdownReport.code(service.target().host())
        + " | "
        + (service.target().port().isEmpty() ? "look-up only" : service.target().port())
        + " | "
        + service.target().protocol()
        + " | "
        + service.worst().label()
        + " | "
        + service.count()
        + " | "
        + MarkdownReport.code(String.join(", ", service.apps()))
        + " | "
        + MarkdownReport.code(String.join(", ", service.libraries()))
        + " | |\n";
  }
}
