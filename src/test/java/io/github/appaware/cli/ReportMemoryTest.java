package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.report.MarkdownReport;
import io.github.appaware.testkit.Jdk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand destinations do not need more memory than a run has. */
class ReportMemoryTest {
  private static final int DESTINATIONS = 100_000;

  @TempDir Path directory;

  @Test
  void allReportsOfAHundredThousandDestinationsFitIntoAQuarterOfAGigabyte() throws Exception {
    Path record = directory.resolve("events.jsonl");
    ManyDestinations.write(record, DESTINATIONS);
    Files.writeString(directory.resolve("p.toml"), "version = 1\n\n[default]\n");
    Process process =
        new ProcessBuilder(
                Jdk.running().java(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ManyDestinations.class.getName(),
                record.toString(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();

    assertThat(Files.size(directory.resolve("r.md"))).isBetween(900_000L, (long) MarkdownReport.LIMIT);
    assertThat(Files.size(directory.resolve("r.sarif"))).isBetween(1_000_000L, 10_000_000L);
    assertThat(Files.size(directory.resolve("r.html"))).isBetween(500_000L, 9_000_000L);
    assertThat(Files.readString(directory.resolve("r.xml"))).contains("tests=\"10000\"");
    assertThat(Files.readString(directory.resolve("r.json")))
        .contains("\"unnamed\":0", "\"host\":\"host-99999.example.com\"");
  }
}
