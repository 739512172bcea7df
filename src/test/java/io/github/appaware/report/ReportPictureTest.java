package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The picture of a report in the README is one that the report draws. To write it anew: {@code
 * -Dappaware.record=true}.
 */
class ReportPictureTest {
  private static final Path PICTURES = Path.of("src/site/resources/images");
  private static final boolean RECORD = Boolean.getBoolean("appaware.record");

  private static final String STYLE =
      """
      svg { background: PAGE }
      path { fill: none; stroke-opacity: .45 }
      path.denied { stroke: DENIED; stroke-opacity: .7 }
      path.allowed { stroke: ALLOWED }
      rect.denied { fill: DENIED }
      rect.allowed { fill: ALLOWED }
      text { font: 13px system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; fill: TEXT;
        paint-order: stroke; stroke: PAGE; stroke-width: 3px; stroke-linejoin: round }
      """;

  private static void add(
      Findings findings, String app, String maven, Event event, boolean allowed, int count) {
    Origin.Source source = new Origin.Source("/m2/lib.jar", "", maven);
    Origin origin =
        new Origin(List.of(new Origin.Frame("lib.Client", "send", 1, "", source)), "main", true);
    Application named = Samples.APP.toBuilder().file(app).build();
    Reason reason = Reason.of(allowed ? Reason.Kind.RULE : Reason.Kind.DEFAULT);
    findings.add(
        new RecordEntry(
            Samples.NOW,
            "r",
            named,
            event,
            origin,
            new Verdict(allowed, reason, Verdict.Reuse.NOTHING, 1),
            count));
  }

  static Findings build() {
    Findings findings = new Findings();
    String maven = "maven";
    String resolver = "org.apache.maven:maven-resolver:1.9.22";
    add(findings, maven, resolver, Samples.connect("repo1.maven.org"), true, 412);
    add(findings, maven, resolver, Samples.connect("nexus.acme.example"), true, 96);
    String tests = "surefirebooter-20261128104300861_3.jar";
    String postgres = "org.postgresql:postgresql:42.7.4";
    add(findings, tests, postgres, Samples.connect("db.internal", 5432), true, 24);
    String http = "org.apache.httpcomponents.client5:httpclient5:5.4";
    add(findings, tests, http, Samples.connect("auth.acme.example"), true, 8);
    String metrics = "com.acme:metrics:3.1";
    add(findings, tests, metrics, new Event.Resolve("telemetry.example", null), false, 2);
    add(findings, tests, metrics, Samples.connect("auth.acme.example"), true, 1);
    return findings;
  }

  @ParameterizedTest
  @CsvSource({
    "light, #ffffff, #1f2328, #cf222e, #0969da",
    "dark, #0d1117, #e6edf3, #ff7b72, #58a6ff"
  })
  void thePictureOfTheReadmeIsThatOfAReport(
      String theme, String page, String text, String denied, String allowed) throws IOException {
    Markup out = new Markup();
    new FlowPicture(Flow.of(build()), FlowPicture.Form.WIDE).draw(out);
    String style =
        STYLE
            .replace("PAGE", page)
            .replace("TEXT", text)
            .replace("DENIED", denied)
            .replace("ALLOWED", allowed);
    String svg =
        out.toString()
            .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
            .replaceFirst(">", ">\n<style>\n" + style + "</style>\n");
    Path picture = PICTURES.resolve("report-" + theme + ".svg");
    if (RECORD) {
      Files.writeString(picture, svg);
    }
    assertThat(svg).isEqualTo(Files.readString(picture));
    assertThat(Files.readString(Path.of("README.md"))).contains(picture.toString());
  }
}
