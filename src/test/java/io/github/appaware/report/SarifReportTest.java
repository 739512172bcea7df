package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Alerts for code scanning, and GitHub's limits of them. */
class SarifReportTest {
  private static final SarifPlaces PLACES = finding -> new SarifPlaces.Place("policy.toml", 12, 8);

  private static JsonNode run(Advice advice, RecordEntry... entries) throws IOException {
    Findings findings = new Findings();
    for (RecordEntry entry : entries) {
      findings.add(entry);
    }
    return run(text(findings, advice));
  }

  private static String text(Findings findings, Advice advice) throws IOException {
    StringWriter out = new StringWriter();
    new SarifReport("1.2.3", advice, PLACES).write(findings, out);
    return out.toString();
  }

  private static JsonNode run(String text) throws IOException {
    return new ObjectMapper().readTree(text).get("runs").get(0);
  }

  private static RecordEntry entry(Event event, String maven, int line, Reason.Kind kind) {
    Origin.Frame library =
        new Origin.Frame("com.acme.Lib", "call", 1, "", new Origin.Source("/l.jar", "", maven));
    Origin.Frame caller =
        new Origin.Frame("com.example.AppTest", "runs", line, "", Origin.Source.NONE);
    return new RecordEntry(
        Samples.NOW,
        "r",
        Samples.APP,
        event,
        new Origin(List.of(library, caller), "main", true),
        new Verdict(
            kind == Reason.Kind.WOULD_DENY,
            new Reason(kind, "no-telemetry", "policy.toml:" + line),
            Verdict.Reuse.NOTHING,
            1),
        3);
  }

  @Test
  void anAlertNamesLibraryCallerHostAndTheRuleToAdd() throws IOException {
    JsonNode run =
        run(
            entries -> "[[rule]]\naction = \"allow\"",
            entry(Samples.connect("t.example"), "com.acme:lib:1.0", 12, Reason.Kind.RULE));
    JsonNode alert = run.get("results").get(0);

    assertThat(run.get("tool").get("driver").get("semanticVersion").asText()).isEqualTo("1.2.3");
    assertThat(alert.get("ruleId").asText()).isEqualTo("denied-connect");
    assertThat(
            run.get("tool")
                .get("driver")
                .get("rules")
                .get(alert.get("ruleIndex").asInt())
                .get("id")
                .asText())
        .isEqualTo("denied-connect");
    assertThat(alert.get("level").asText()).isEqualTo("error");
    assertThat(alert.get("message").get("text").asText())
        .isEqualTo(
            """
            Denied: connect tcp to t.example:443, from com.acme:lib:1.0 (com.acme.Lib.call:1).
            3 events of app.jar, called by com.example.AppTest.runs:12, by rule "no-telemetry" \
            (policy.toml:12).
            To allow it, add to the policy:

            [[rule]]
            action = "allow"
            """);
    JsonNode place = alert.get("locations").get(0).get("physicalLocation");
    assertThat(place.get("artifactLocation").get("uri").asText()).isEqualTo("policy.toml");
    assertThat(place.get("region").toString())
        .isEqualTo("{\"startLine\":12,\"startColumn\":1,\"endLine\":12,\"endColumn\":9}");
  }

  @Test
  void whatOnlyAuditModeAllowedIsAWarning() throws IOException {
    JsonNode run =
        run(
            entries -> "",
            entry(Samples.connect("t.example"), "com.acme:lib:1.0", 12, Reason.Kind.WOULD_DENY));
    assertThat(run.get("results").get(0).get("level").asText()).isEqualTo("warning");
    assertThat(run.get("results").get(0).get("message").get("text").asText())
        .startsWith("Would be denied: ");
  }

  @Test
  void anAlertSurvivesEditsOfProgramLibraryAndPolicy() throws IOException {
    String one =
        fingerprint(entry(Samples.connect("t.example"), "com.acme:lib:1.0", 12, Reason.Kind.RULE));
    assertThat(one).matches("[0-9a-f]{32}:1");
    assertThat(
            fingerprint(
                entry(Samples.connect("t.example"), "com.acme:lib:2.0", 99, Reason.Kind.NOBODY)))
        .isEqualTo(one);
    assertThat(
            fingerprint(
                entry(Samples.connect("u.example"), "com.acme:lib:1.0", 12, Reason.Kind.RULE)))
        .isNotEqualTo(one);
    assertThat(
            fingerprint(
                entry(Samples.connect("t.example", 80), "com.acme:lib:1.0", 12, Reason.Kind.RULE)))
        .isNotEqualTo(one);
    assertThat(
            fingerprint(
                entry(Samples.connect("t.example"), "com.acme:other:1.0", 12, Reason.Kind.RULE)))
        .isNotEqualTo(one);
  }

  private static String fingerprint(RecordEntry entry) throws IOException {
    JsonNode results = run(entries -> "", entry).get("results");
    return results.get(0).get("partialFingerprints").get("primaryLocationLineHash").asText();
  }

  @Test
  void whatDiffersInCallerOrRuleAloneIsOneAlert() throws IOException {
    JsonNode results =
        run(
                entries -> "",
                entry(Samples.connect("t.example"), "com.acme:lib:1.0", 12, Reason.Kind.RULE),
                entry(Samples.connect("t.example"), "com.acme:lib:1.1", 13, Reason.Kind.NOBODY))
            .get("results");
    assertThat(results).hasSize(1);
    assertThat(results.get(0).get("properties").get("count").asInt()).isEqualTo(6);
    assertThat(results.get(0).get("message").get("text").asText())
        .contains("called by com.example.AppTest.runs:12, com.example.AppTest.runs:13");
  }

  @Test
  void noTextOfARunIsALinkOrAPlaceholder() {
    assertThat(SarifMessage.plain("[click](http://evil.example) {0} [::1]:80"))
        .isEqualTo("[click] (http://evil.example) {{0}} [::1]:80");
  }

  @Test
  void theLimitsOfCodeScanningHoldForAHundredThousandHostileDestinations() throws IOException {
    Findings findings = new Findings();
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int j = 0; j < 250; j++) {
        name.append((char) (' ' + random.nextInt(95)));
      }
      findings.add(
          entry(Samples.connect(i + name.toString()), "g:" + name + ":1", i, Reason.Kind.RULE));
    }
    String text = text(findings, entries -> "x".repeat(300));
    JsonNode run = run(text);
    List<JsonNode> rules = new ArrayList<>();
    run.get("tool").get("driver").get("rules").forEach(rules::add);

    assertThat(text).matches(all -> all.chars().allMatch(c -> c < 0x7f));
    assertThat(run.get("results").size()).isBetween(2_000, SarifReport.MOST_RESULTS);
    assertThat(zipped(text)).isLessThan(10_000_000);
    assertThat(run.get("invocations").toString()).contains("more alerts are not in this file");
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.get("name").asText()).hasSizeLessThanOrEqualTo(255);
              assertThat(rule.get("shortDescription").get("text").asText())
                  .hasSizeBetween(1, 1_024);
              assertThat(rule.get("fullDescription").get("text").asText()).hasSizeBetween(1, 1_024);
              assertThat(rule.get("help").get("text").asText()).isNotEmpty();
              assertThat(rule.get("properties").get("tags")).hasSizeLessThanOrEqualTo(10);
            });
  }

  private static long zipped(String text) throws IOException {
    AtomicLong size = new AtomicLong();
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            size.incrementAndGet();
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            size.addAndGet(length);
          }
        };
    try (GZIPOutputStream out = new GZIPOutputStream(counting)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return size.get();
  }
}
