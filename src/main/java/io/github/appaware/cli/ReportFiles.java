package io.github.appaware.cli;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.learn.Learner;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Findings;
import io.github.appaware.report.GithubAnnotations;
import io.github.appaware.report.HtmlReport;
import io.github.appaware.report.JsonReport;
import io.github.appaware.report.JunitReport;
import io.github.appaware.report.MarkdownReport;
import io.github.appaware.report.SarifReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The reports of {@code run --report}, and what GitHub Actions gets. */
final class ReportFiles {
  private static final String HEAD = "version = 1\n";

  /** The forms of a report. */
  private enum Form {
    MD,
    JUNIT,
    SARIF,
    HTML,
    JSON
  }

  private final Map<Form, Path> files = new EnumMap<>(Form.class);
  private final Map<String, String> environment;
  private final ReportPlaces places;
  private final Findings findings = new Findings();
  private final Map<RecordEntry, String> advices =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private ReportFiles(Map<String, String> environment, ReportPlaces places) {
    this.environment = environment;
    this.places = places;
  }

  /**
   * Reads the option.
   *
   * @param reports {@code md=FILE}, {@code junit=FILE}, and so on
   * @param policies the files of the run's policy, as the user named them
   * @throws UsageException when one is of another form, or can't be written
   */
  static ReportFiles parse(
      List<String> reports, List<Path> policies, Map<String, String> environment, Path directory)
      throws UsageException {
    ReportFiles all =
        new ReportFiles(environment, new ReportPlaces(policies, environment, directory));
    for (String report : reports) {
      int equals = report.indexOf('=');
      Form form = form(equals < 0 ? report : report.substring(0, equals));
      if (form == null || equals < 0 || equals == report.length() - 1) {
        throw new UsageException(
            "invalid report `"
                + report
                + "`: expected md=FILE, junit=FILE, sarif=FILE, html=FILE or json=FILE",
            "");
      }
      Path file = directory.resolve(report.substring(equals + 1));
      try {
        Files.writeString(file, ""); // now, not when the run is over
      } catch (IOException e) {
        throw new UsageException("the report can't be written: " + FileErrors.reason(e), "");
      }
      if (all.files.put(form, file) != null) {
        throw new UsageException(
            "two reports of the form `" + report.substring(0, equals) + "`", "");
      }
    }
    return all;
  }

  private static Form form(String word) {
    for (Form each : Form.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    return null;
  }

  void add(RecordEntry entry) {
    findings.add(entry);
  }

  /** Writes them; and where the job is one of GitHub Actions, its annotations and summary. */
  void write(Console console) throws UsageException {
    try {
      writeForms();
      if (!environment.getOrDefault("GITHUB_ACTIONS", "").isEmpty()) {
        AnnotationBudget budget = new AnnotationBudget(environment);
        List<String> annotations = GithubAnnotations.of(findings, budget.left(), this::advice);
        budget.take(annotations.size());
        annotations.forEach(console.err()::println);
        summarize(environment.getOrDefault("GITHUB_STEP_SUMMARY", ""));
      }
    } catch (IOException e) {
      throw new UsageException("a report can't be written: " + FileErrors.reason(e), "");
    }
  }

  /** At once: a record of 100,000 destinations takes seconds for each. */
  private void writeForms() throws IOException {
    if (files.isEmpty()) {
      return;
    }
    findings.prepare();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(files.size(), Runtime.getRuntime().availableProcessors()));
    try {
      List<Future<Void>> written = new ArrayList<>();
      files.forEach(
          (form, file) ->
              written.add(
                  threads.submit(
                      () -> {
                        write(form, file);
                        return null;
                      })));
      for (Future<Void> each : written) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      threads.shutdownNow();
    }
  }

  private void write(Form form, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      switch (form) {
        case MD -> out.write(markdown(MarkdownReport.LIMIT));
        case JUNIT -> new JunitReport(this::advice).write(findings, out);
        case SARIF -> new SarifReport(Version.number(), this::advice, places).write(findings, out);
        case HTML -> new HtmlReport(this::advice).write(findings, out);
        case JSON -> new JsonReport(this::advice).write(findings, out);
      }
    }
  }

  /** Appended: other parts of the step may have written there. */
  private void summarize(String named) throws IOException {
    if (named.isEmpty()) {
      return;
    }
    Path file = Path.of(named);
    long there = Files.exists(file) ? Files.size(file) : 0;
    int limit = (int) Math.max(0, MarkdownReport.LIMIT - there - 1);
    String text = "\n" + markdown(limit);
    if (text.length() <= limit) {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private String markdown(int limit) {
    return new MarkdownReport(limit, this::advice).write(findings);
  }

  /** The same for one event is asked for by several forms, and takes a millisecond each. */
  private String advice(List<RecordEntry> entries) {
    return entries.size() == 1
        ? advices.computeIfAbsent(entries.get(0), one -> allowing(entries))
        : allowing(entries);
  }

  /**
   * The TOML that would allow events, as {@code appaware learn} would write it on top of a policy
   * that has the applications that were named.
   */
  static String allowing(List<RecordEntry> entries) {
    try {
      Policy base = PolicyReader.parse("none", Answers.compose(HEAD, known(entries)));
      Learner learner = new Learner(base, Instant.EPOCH, "", false);
      Verdict passed = new Verdict(true, Reason.of(Reason.Kind.OBSERVED), Verdict.Reuse.NOTHING, 0);
      for (RecordEntry each : entries) {
        learner.add(
            new RecordEntry(
                each.time(),
                each.run(),
                each.application(),
                each.event(),
                each.origin(),
                passed,
                each.count(),
                each.cut()),
            "");
      }
      return Answers.compose(HEAD, learner.additions(""))
          .substring(HEAD.length())
          .replaceAll("(?m)^#.*\n", "")
          .strip();
    } catch (PolicyException | EditException e) {
      return ""; // names that no policy can have
    }
  }

  private static List<Answers.Addition> known(List<RecordEntry> entries) {
    Map<String, Answers.Addition> known = new LinkedHashMap<>();
    for (RecordEntry each : entries) {
      String id = each.application().id();
      PolicyEntry app = PolicyEntry.app(id).with(AppKey.FILE, each.application().file());
      if (!id.isEmpty() && app.check().isEmpty()) {
        known.putIfAbsent(id, new Answers.Addition(List.of(), app));
      }
    }
    return List.copyOf(known.values());
  }
}
