package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.appaware.report.MarkdownReport;
import io.github.appaware.testkit.Jdk;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;
import picocli.CommandLine;

/** A hundred thousand destinations do not need more memory than a run has. */
class ReportMemoryTest {
  private static final int DESTINATIONS = 100_000;

  @TempDir Path directory;

  private static String classPath(Class<?>... types) throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> type : types) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

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
                classPath(
                    ManyDestinations.class,
                    ReportFiles.class,
                    JsonFactory.class,
                    Toml.class,
                    Parser.class,
                    CommandLine.class),
                ManyDestinations.class.getName(),
                record.toString(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();

    assertThat(Files.size(directory.resolve("r.md")))
        .isBetween(900_000L, (long) MarkdownReport.LIMIT);
    assertThat(Files.size(directory.resolve("r.sarif"))).isBetween(1_000_000L, 10_000_000L);
    assertThat(Files.size(directory.resolve("r.html"))).isBetween(500_000L, 9_000_000L);
    assertThat(Files.readString(directory.resolve("r.xml"))).contains("tests=\"10000\"");
    assertThat(Files.readString(directory.resolve("r.json")))
        .contains("\"unnamed\":0", "\"host\":\"host-99999.example.com\"");
  }
}
