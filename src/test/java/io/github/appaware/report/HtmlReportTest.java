package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page, read by a strict parser. */
class HtmlReportTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&--><img src=x onerror=y>";

  private static String page(Findings findings, Advice advice) throws IOException {
    StringWriter out = new StringWriter();
    new HtmlReport(advice).write(findings, out);
    return out.toString();
  }

  private static RecordEntry entry(String host, String maven, boolean allowed, int count) {
    Origin.Frame library =
        new Origin.Frame("com.acme.Lib", "call", 1, "", new Origin.Source("/l.jar", "", maven));
    return new RecordEntry(
        Samples.NOW,
        "r",
        Samples.APP,
        Samples.connect(host),
        new Origin(List.of(library), "main", true),
        new Verdict(
            allowed, new Reason(Reason.Kind.RULE, "r", "p.toml:3"), Verdict.Reuse.NOTHING, 1),
        count);
  }

  private static Findings findings(RecordEntry... entries) {
    Findings findings = new Findings();
    for (RecordEntry entry : entries) {
      findings.add(entry);
    }
    return findings;
  }

  private static List<String> texts(Document page, String element) {
    NodeList nodes = page.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void whatWasDeniedIsOnTopWithTheRuleThatWouldAllowIt() throws Exception {
    Document page =
        Passive.page(
            page(
                findings(
                    entry("good.example", "com.acme:good:1", true, 5),
                    entry("bad.example", "com.acme:bad:1", false, 2)),
                entries -> "[[rule]]\nhost = \"" + entries.size() + "\""));
    assertThat(texts(page, "h2"))
        .containsExactly(
            "Denied", "Applications, libraries, hosts", "External services", "All events");
    assertThat(texts(page, "h3")).containsExactly("denied com.acme:bad:1 \u2192 bad.example");
    assertThat(texts(page, "code")).containsExactly("[[rule]]\nhost = \"1\"");
    assertThat(texts(page, "dd"))
        .containsExactly(
            "app.jar",
            "connect tcp to bad.example:443, 2 times",
            "com.acme.Lib.call:1",
            "by rule \"r\" (p.toml:3)");
    assertThat(texts(page, "strong")).containsExactly("2", "5");
  }

  @Test
  void aRunWithoutADenialSaysSo() throws Exception {
    Document page =
        Passive.page(page(findings(entry("good.example", "g:a:1", true, 5)), none -> "x"));
    assertThat(texts(page, "p")).contains("Nothing was denied.");
    assertThat(texts(page, "h3")).isEmpty();
    assertThat(texts(Passive.page(page(new Findings(), none -> "")), "p"))
        .contains("Nothing was denied.");
  }

  @Test
  void eachTextIsShownAndNoneIsMarkup() throws Exception {
    RecordEntry hostile = entry(HOSTILE, HOSTILE, false, 1);
    Application app = Samples.APP.toBuilder().id(HOSTILE).build();
    Document page =
        Passive.page(
            page(
                findings(
                    new RecordEntry(
                        hostile.time(),
                        "r",
                        app,
                        hostile.event(),
                        hostile.origin(),
                        new Verdict(
                            false,
                            new Reason(Reason.Kind.RULE, HOSTILE, HOSTILE),
                            Verdict.Reuse.NOTHING,
                            1),
                        1)),
                entries -> HOSTILE + "\u202e\u0000\ud800"));
    assertThat(texts(page, "h3")).singleElement().asString().contains(HOSTILE);
    assertThat(texts(page, "code")).containsExactly(HOSTILE + "\ufffd\ufffd\ufffd");
    assertThat(texts(page, "td").stream().filter(each -> each.contains(HOSTILE)))
        .hasSizeGreaterThan(4);
  }

  @Test
  void thePictureHasANodeForEachNameAndABandForEachWay() throws Exception {
    Document page =
        Passive.page(
            page(
                findings(
                    entry("a.example", "g:one:1", true, 1),
                    entry("a.example", "g:two:1", false, 1),
                    entry("b.example", "g:two:1", true, 1_000)),
                none -> ""));
    Element picture = (Element) page.getElementsByTagName("svg").item(0);
    assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(5);
    List<String> bands = new ArrayList<>();
    NodeList paths = picture.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      bands.add(paths.item(i).getTextContent());
      assertThat(Double.parseDouble(((Element) paths.item(i)).getAttribute("stroke-width")))
          .isEqualTo(bands.get(i).contains(": 1000 ") ? 21.9 : 2);
    }
    assertThat(bands)
        .containsExactlyInAnyOrder(
            "app.jar to g:one:1: 1 allowed",
            "app.jar to g:two:1: 1 denied",
            "app.jar to g:two:1: 1000 allowed",
            "g:one:1 to a.example: 1 allowed",
            "g:two:1 to a.example: 1 denied",
            "g:two:1 to b.example: 1000 allowed");
  }

  @Test
  void beyondTheMostNodesAreOneNodeAndBeyondTheMostRowsAreCounted() throws Exception {
    Findings findings = new Findings();
    for (int i = 0; i < 5_000; i++) {
      findings.add(entry("h" + i + ".example", "g:l" + i + ":1", i != 7, 1));
    }
    Document page = Passive.page(page(findings, none -> ""));
    Element picture = (Element) page.getElementsByTagName("svg").item(0);
    assertThat(picture.getTextContent())
        .contains("and 4991 others", "and 4985 others", "h7.example");
    assertThat(texts(page, "p")).contains("and 3000 more rows", "and 3000 more services");
  }

  @Test
  void thePageStaysOfASizeThatABrowserOpens() throws Exception {
    Findings findings = new Findings();
    String wide = "<".repeat(290);
    for (int i = 0; i < 5_000; i++) {
      findings.add(entry(i + wide, "g:" + i + wide + ":1", false, 1));
    }
    String page = page(findings, none -> wide);
    assertThat(page.length()).isBetween(HtmlTables.MOST_CHARACTERS, 9 * 1024 * 1024);
    assertThat(page.getBytes(StandardCharsets.US_ASCII)).hasSize(page.length());
    Passive.page(page);
  }
}
