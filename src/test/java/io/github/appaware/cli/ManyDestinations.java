package io.github.appaware.cli;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.record.RecordReader;
import io.github.appaware.testkit.Samples;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All reports of a record with many destinations, in a JVM of its own: {@code RECORD DIRECTORY}.
 * Prints how many milliseconds they took, from the first line read.
 */
public final class ManyDestinations {
  static final List<String> FILES =
      List.of("md=r.md", "junit=r.xml", "sarif=r.sarif", "html=r.html", "json=r.json");

  private ManyDestinations() {}

  /** Every other destination is denied. */
  static void write(Path record, int destinations) throws IOException {
    RecordFormat format = new RecordFormat();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(record))) {
      for (int i = 0; i < destinations; i++) {
        out.write(format.write(entry(i)));
      }
    }
  }

  private static RecordEntry entry(int i) {
    Application app = Samples.APP.toBuilder().file("module-" + i % 40 + ".jar").build();
    Event event = Samples.connect("host-" + i + ".example.com", 443);
    Origin.Source source =
        new Origin.Source("/m2/lib-" + i % 300 + ".jar", "", "com.acme:lib-" + i % 300 + ":1." + i);
    Origin.Frame library = new Origin.Frame("com.acme.Client", "send", 7, "", source);
    Origin.Frame caller =
        new Origin.Frame("com.example.Part" + i % 500, "run", i % 900, "", Origin.Source.NONE);
    boolean allowed = i % 2 == 0;
    Reason reason = new Reason(Reason.Kind.RULE, allowed ? "yes" : "no", "p.toml:" + (1 + i % 3));
    return new RecordEntry(
        Samples.NOW,
        "run",
        app,
        event,
        new Origin(List.of(library, caller), "main", true),
        new Verdict(allowed, reason, Verdict.Reuse.NOTHING, 1),
        1 + i % 7);
  }

  public static void main(String[] arguments) throws Exception {
    long begin = System.nanoTime();
    Path directory = Path.of(arguments[1]);
    ReportFiles reports = ReportFiles.parse(FILES, List.of(Path.of("p.toml")), Map.of(), directory);
    try (RecordReader reader = RecordReader.open(Path.of(arguments[0]))) {
      for (RecordEntry entry = reader.next(); entry != null; entry = reader.next()) {
        reports.add(entry);
      }
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    reports.write(new Console(out, out));
    out.println((System.nanoTime() - begin) / 1_000_000);
  }
}
