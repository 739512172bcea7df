package io.github.appaware.report;

import io.github.appaware.report.Findings.Outcome;
import io.github.appaware.report.Services.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A report as one page of HTML that needs nothing else: no script, no link, no other file. Its
 * content security policy allows the page's own style sheet, by its hash, and nothing more. The
 * page is well-formed XML, in ASCII.
 */
public final class HtmlReport {
  private static final String STYLE = "report.css";

  private final Advice advice;

  public HtmlReport(Advice advice) {
    this.advice = advice;
  }

  /**
   * Writes the page.
   *
   * @throws IOException when it can't be written
   */
  public void write(Findings findings, Writer out) throws IOException {
    Markup page = new Markup();
    head(page, style());
    page.open("body").open("main");
    summary(findings, page);
    page.leaf("h2", "Denied");
    new DeniedCards(advice).write(findings, page);
    picture(findings, page);
    List<Service> services = findings.services();
    page.open("section").leaf("h2", "External services");
    page.leaf(
        "p",
        "What was reached, or tried, outside of this machine. What each service is for is left to"
            + " fill in: ASVS 5.0 asks that all communication needs are documented (13.1.1), and"
            + " that an allow list defines them (13.2.4), which the policy does.",
        "class",
        "hint");
    HtmlTables.services(services, page);
    page.close("section").open("section").leaf("h2", "All events");
    HtmlTables.events(findings, page);
    page.close("section").close("main").close("body").close("html").line();
    out.write(page.toString());
    out.flush();
  }

  private static void head(Markup page, String style) {
    page.raw("<!DOCTYPE html>\n");
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(style)).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "referrer", "content", "no-referrer");
    page.empty("meta", "name", "color-scheme", "content", "light dark").line();
    page.leaf("title", "Network events");
    page.open("style").raw(style).close("style").line();
    page.close("head").line();
  }

  private static String policy(String style) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'; base-uri 'none'; form-action 'none'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JDK has it
    }
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void summary(Findings findings, Markup page) {
    page.open("header").leaf("h1", "Network events");
    page.open("ul", "class", "tiles");
    for (Outcome outcome : Outcome.values()) {
      long count = findings.count(outcome);
      if (count > 0 || outcome != Outcome.WOULD) {
        page.open("li", "class", count > 0 ? outcome.label() : "none");
        page.leaf("strong", Long.toString(count)).text(" " + DeniedCards.label(outcome));
        page.close("li");
      }
    }
    page.close("ul").close("header").line();
  }

  private static void picture(Findings findings, Markup page) {
    Flow flow = Flow.of(findings);
    if (flow.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Applications, libraries, hosts");
    page.open("p", "class", "legend");
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.WOULD || findings.count(outcome) > 0) {
        page.leaf("span", DeniedCards.label(outcome), "class", outcome.label()).text(" ");
      }
    }
    page.text("Applications, their libraries, and hosts; the more events, the wider the band.");
    page.close("p");
    page.open("figure");
    new FlowPicture(flow, FlowPicture.Form.WIDE).draw(page);
    new FlowPicture(flow, FlowPicture.Form.NARROW).draw(page);
    page.close("figure").close("section").line();
  }
}
