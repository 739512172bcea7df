package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntries;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Ten thousand random records with hostile texts in every field, twenty reports of five hundred:
 * each form is valid by its schema, and nothing in the page is active.
 */
class HostileReportsTest {
  private static final int TRIES = 20;
  private static final int ENTRIES = 500;

  private static final List<String> MARKUP =
      List.of(
          "</style><script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onload='x",
          "--><svg onload=x>",
          "]]>",
          "<![CDATA[",
          "&lt;b&gt; &#x3c;",
          "javascript:alert(1)",
          "[click](http://evil.example) {0}",
          "| a | b |\n```\n# x",
          "::error::x\n::set-output name=a::b",
          "\u202e\u0000\ud800\uffff",
          "[[rule]]\naction = \"allow\"");

  private static final Schema SARIF = sarif();

  private static Schema sarif() {
    try (InputStream in =
        HostileReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<List<RecordEntry>> records() {
    return Arbitraries.oneOf(RecordEntries.all(), markup()).list().ofSize(ENTRIES);
  }

  private static Arbitrary<RecordEntry> markup() {
    Arbitrary<String> text = Arbitraries.of(MARKUP);
    return Combinators.combine(
            text, text, text, text, text, Arbitraries.of(Reason.Kind.class), Arbitraries.of(0, 443))
        .as(
            (app, host, library, rule, at, kind, port) ->
                new RecordEntry(
                    Samples.NOW,
                    "r",
                    Application.builder().id(app).file(host).kind(Application.Kind.JAR).build(),
                    Samples.connect(host, port),
                    new Origin(
                        List.of(
                            new Origin.Frame(
                                library, rule, 1, at, new Origin.Source(host, "", library)),
                            new Origin.Frame(at, app, 1, "", Origin.Source.NONE)),
                        rule,
                        true),
                    new Verdict(false, new Reason(kind, rule, at), Verdict.Reuse.NOTHING, 1),
                    1));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void everyFormIsValidAndNothingIsActive(@ForAll("records") List<RecordEntry> entries)
      throws Exception {
    Findings findings = new Findings();
    entries.forEach(findings::add);
    Advice advice = some -> some.get(0).event().endpoint() + MARKUP.get(some.size() % 13);

    StringWriter sarif = new StringWriter();
    new SarifReport("1.0.0", advice, each -> new SarifPlaces.Place("policy.toml", 1, 1))
        .write(findings, sarif);
    assertThat(SARIF.validate(sarif.toString(), InputFormat.JSON)).isEmpty();

    StringWriter json = new StringWriter();
    new JsonReport(advice).write(findings, json);
    assertThat(JsonSchemas.REPORT.problems(json.toString())).isEmpty();

    StringWriter junit = new StringWriter();
    new JunitReport(advice).write(findings, junit);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(HostileReportsTest.class.getResource("/schema/surefire-test-report.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(junit.toString())));

    StringWriter html = new StringWriter();
    new HtmlReport(advice).write(findings, html);
    Passive.page(html.toString());
  }
}
