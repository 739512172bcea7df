package io.github.appaware.cli;

import io.github.appaware.launch.RunOutcome;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What a run tells from its record when it is over. Loaded only where an option asks for it. */
final class AfterRun implements Closeable {
  private final RunArguments arguments;
  private final Console console;
  private final RunRecord record;
  private final BaselineCheck baseline;
  private final ReportFiles reports;

  private AfterRun(
      RunArguments arguments,
      Console console,
      RunRecord record,
      BaselineCheck baseline,
      ReportFiles reports) {
    this.arguments = arguments;
    this.console = console;
    this.record = record;
    this.baseline = baseline;
    this.reports = reports;
  }

  /**
   * Before the run: whatever can't be done is refused now.
   *
   * @param log the file of {@code --log}, or null
   */
  static AfterRun prepare(
      RunArguments arguments, Path log, Console console, PolicyFiles.Places places)
      throws UsageException {
    if (arguments.failOnNew() && arguments.baseline() == null) {
      throw new UsageException(
          "--fail-on-new needs --baseline", "name the record of an earlier run");
    }
    try {
      BaselineCheck baseline =
          arguments.baseline() == null
              ? null
              : new BaselineCheck(arguments.baseline(), console, places);
      ReportFiles reports =
          arguments.reports().isEmpty()
              ? null
              : ReportFiles.parse(
                  arguments.reports(),
                  arguments.policies(),
                  places.environment(),
                  places.directory());
      return new AfterRun(arguments, console, RunRecord.of(log), baseline, reports);
    } catch (IOException e) {
      throw new UsageException("the baseline can't be read: " + FileErrors.reason(e), "");
    }
  }

  /** Where the run's record must go. */
  Path log() {
    return record.file();
  }

  /**
   * Reads the record and tells what was asked for.
   *
   * @return whether the run has failed by what it did
   */
  boolean tell(RunOutcome outcome) throws UsageException {
    record.read(
        outcome.run(),
        entry -> {
          if (baseline != null) {
            baseline.baseline().add(entry);
          }
          if (reports != null) {
            reports.add(entry);
          }
        });
    if (reports != null) {
      reports.write(console);
    }
    boolean failed = arguments.failOnNew() && baseline.isNew();
    if (baseline != null && (failed || !arguments.quiet())) {
      baseline.tell(console);
    }
    return failed;
  }

  @Override
  public void close() {
    record.close();
  }
}
