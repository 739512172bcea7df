package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntries;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Findings.Outcome;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reports of records in which every text is hostile, and of very long ones. */
class ReportsTest {
  private static final Advice NONE = entries -> "";

  @Provide
  Arbitrary<List<RecordEntry>> records() {
    return RecordEntries.all().list().ofMaxSize(30);
  }

  private static Findings findings(List<RecordEntry> entries) {
    Findings findings = new Findings();
    entries.forEach(findings::add);
    return findings;
  }

  private static RecordEntry entry(String host, boolean allowed, int count) {
    Verdict verdict =
        new Verdict(allowed, Reason.of(Reason.Kind.DEFAULT), Verdict.Reuse.NOTHING, 1);
    return new RecordEntry(
        Samples.NOW, "r", Samples.APP, Samples.connect(host), Origin.UNKNOWN, verdict, count);
  }

  private static String junit(Findings findings, Advice advice) throws IOException {
    StringWriter out = new StringWriter();
    new JunitReport(advice).write(findings, out);
    return out.toString();
  }

  private static String json(Findings findings) throws IOException {
    StringWriter out = new StringWriter();
    new JsonReport(NONE).write(findings, out);
    return out.toString();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void nothingThatARunSaysIsMarkdown(@ForAll("records") List<RecordEntry> entries) {
    String text = new MarkdownReport(MarkdownReport.LIMIT, NONE).write(findings(entries));

    int inventory = text.indexOf("### External services");
    String events = inventory < 0 ? text : text.substring(0, inventory);
    List<String> services =
        inventory < 0
            ? List.of()
            : text.substring(inventory).lines().filter(line -> line.startsWith("| ")).toList();
    for (String row : services.subList(Math.min(2, services.size()), services.size())) {
      assertThat(row)
          .matches(
              "\\| <code>([A-Za-z0-9 ]|&#\\d+;)+</code> \\| (\\d+|ephemeral|look-up only) \\|"
                  + " (tcp|udp|sctp|) \\| (denied|would|allowed) \\| \\d+"
                  + "( \\| (<code>([A-Za-z0-9 ]|&#\\d+;)+</code>)?){2} \\| \\|");
    }
    assertThat(services.size())
        .isEqualTo(
            Services.of(findings(entries)).isEmpty()
                ? 0
                : 2 + Services.of(findings(entries)).size());
    List<String> rows = events.lines().filter(line -> line.startsWith("| ")).toList();
    for (String row : rows.subList(Math.min(2, rows.size()), rows.size())) {
      assertThat(row)
          .matches(
              "\\| (denied|would|allowed) \\| \\d+( \\| (<code>([A-Za-z0-9 ]|&#\\d+;)+</code>)?){6} \\|");
    }
    assertThat(text.lines().filter(line -> line.contains("<code>")))
        .allMatch(line -> line.startsWith("| "));
    assertThat(rows.size()).isEqualTo(entries.isEmpty() ? 0 : 2 + findings(entries).all().size());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void junitIsInTheFormOfSurefire(@ForAll("records") List<RecordEntry> entries) throws Exception {
    Findings findings = findings(entries);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    junit(findings, all -> "]]>&<").getBytes(StandardCharsets.UTF_8)));
    Element suite = document.getDocumentElement();
    NodeList cases = suite.getElementsByTagName("testcase");
    NodeList failures = suite.getElementsByTagName("failure");

    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("tests"))
        .isEqualTo(findings.all().size() + "")
        .isEqualTo(cases.getLength() + "");
    assertThat(suite.getAttribute("failures"))
        .isEqualTo(
            findings.all().stream().filter(each -> each.outcome() != Outcome.ALLOWED).count() + "")
        .isEqualTo(failures.getLength() + "");
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      assertThat(one.getAttribute("name")).startsWith(findings.all().get(i).event());
      assertThat(one.getAttribute("time")).isEqualTo("0");
      assertThat(one.getAttributes().getLength()).isEqualTo(3);
    }
    for (int i = 0; i < failures.getLength(); i++) {
      Element one = (Element) failures.item(i);
      assertThat(Set.of("denied", "would")).contains(one.getAttribute("type"));
      assertThat(one.getTextContent()).endsWith("to allow it:\n]]>&<");
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void jsonIsAsItsSchemaSaysAndItsCountsAddUp(@ForAll("records") List<RecordEntry> entries)
      throws IOException {
    Findings findings = findings(entries);

    assertThat(JsonSchemas.REPORT.problems(json(findings))).isEmpty();
    for (Outcome outcome : Outcome.values()) {
      assertThat(findings.count(outcome))
          .isEqualTo(
              findings.all().stream()
                  .filter(each -> each.outcome() == outcome)
                  .mapToLong(Findings.Finding::count)
                  .sum());
    }
    assertThat(entries.stream().mapToLong(RecordEntry::count).sum())
        .isEqualTo(findings.all().stream().mapToLong(Findings.Finding::count).sum());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anAnnotationIsOneLineAndThereAreTenAtMost(@ForAll("records") List<RecordEntry> entries) {
    Findings findings = findings(entries);
    long denied = findings.all().stream().filter(each -> each.outcome() == Outcome.DENIED).count();
    List<String> lines = GithubAnnotations.of(findings, 10, NONE);

    assertThat(lines).hasSize((int) Math.min(10, denied));
    assertThat(lines)
        .allMatch(line -> line.matches("::error title=appaware denied::([ -$&-~]|%25)+"));
    if (denied > 10) {
      assertThat(lines.get(9)).endsWith("and " + (denied - 9) + " more: see the report");
    }
  }

  @Test
  void whatWasDeniedComesFirstWithTheRuleThatWouldAllowIt() throws IOException {
    Findings findings =
        findings(
            List.of(
                entry("good.example", true, 9),
                entry("bad.example", false, 1),
                entry("worse.example", false, 2)));
    assertThat(findings.all().stream().map(each -> each.event() + " " + each.count()))
        .containsExactly(
            "connect tcp to worse.example:443 2",
            "connect tcp to bad.example:443 1",
            "connect tcp to good.example:443 9");
    Advice advice =
        entries -> entries.stream().map(entry -> entry.event().endpoint()).toList().toString();
    assertThat(new MarkdownReport(MarkdownReport.LIMIT, advice).write(findings))
        .startsWith("## Network events\n\n3 denied, 9 allowed.\n\n")
        .endsWith(
            """
            To allow what was denied:

            ```toml
            [worse.example:443, bad.example:443]
            ```
            """);
    assertThat(junit(findings, advice)).contains("to allow it:\n[bad.example:443]");
  }

  @Test
  void aHundredThousandDestinationsStayWithinTheLimits() throws IOException {
    Findings findings = new Findings();
    for (int i = 0; i < 100_000; i++) {
      findings.add(entry("host-" + i + ".example.com", i % 2 == 0, 1 + i % 7));
    }
    String text =
        new MarkdownReport(MarkdownReport.LIMIT, entries -> "x".repeat(500)).write(findings);
    assertThat(text.length()).isBetween(900_000, MarkdownReport.LIMIT);
    assertThat(text).containsPattern("and \\d+ more rows").endsWith("```\n");
    assertThat(new MarkdownReport(5_000, NONE).write(findings).length()).isLessThan(5_000);
    assertThat(junit(findings, NONE))
        .contains("tests=\"10000\"", "failures=\"10000\"")
        .containsOnlyOnce("<testsuite ");
    assertThat(json(findings)).contains("host-99999.example.com", "\"unnamed\":0");
    assertThat(GithubAnnotations.of(findings, 10, NONE)).hasSize(10);
    assertThat(GithubAnnotations.of(findings, 1, NONE))
        .singleElement()
        .asString()
        .contains("and 50000 more");
    assertThat(GithubAnnotations.of(findings, 0, NONE)).isEmpty();
  }

  @Test
  void beyondTheMostOnlyCountsGoOn() throws IOException {
    Findings findings = new Findings();
    for (int i = 0; i < Findings.MOST + 3; i++) {
      findings.add(entry("h" + i, false, 2));
    }
    assertThat(findings.all()).hasSize(Findings.MOST);
    assertThat(findings.unnamed()).isEqualTo(6);
    assertThat(findings.count(Outcome.DENIED)).isEqualTo(2L * (Findings.MOST + 3));
  }
}
