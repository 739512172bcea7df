package io.github.appaware.cli;

import io.github.appaware.record.RecordSink;
import io.github.appaware.record.RecordSinks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The options for the record of a remote server. */
final class RecordOptions {
  @Option(
      names = "--log",
      paramLabel = "WHERE",
      description = {
        "Record every event with its verdict and reason, as JSON Lines: to a FILE, to standard"
            + " output (-), or to a syslog server, syslog+tcp://HOST:PORT or"
            + " syslog+udp://HOST:PORT."
      })
  private String log;

  @Option(
      names = "--log-size",
      paramLabel = "SIZE",
      description = {
        "Rename the file to FILE.1 when it reaches this size, and begin a new one: 100M, 512K, 1G."
            + " Default: one file that grows."
      })
  private String size;

  @Option(
      names = "--log-keep",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many older files to keep. Default: ${DEFAULT-VALUE}.")
  private int keep;

  /**
   * Returns what opens the record, or null for none.
   *
   * @param directory that relative names start from
   * @param out standard output
   * @throws IOException that says what is wrong with the options
   */
  RecordSink.Opener opener(Path directory, PrintStream out, Clock clock) throws IOException {
    if (log == null && size != null) {
      throw new IOException("--log-size needs --log");
    }
    if (log == null) {
      return null;
    }
    RecordSinks.Rotation rotation =
        size == null ? RecordSinks.Rotation.NONE : RecordSinks.Rotation.parse(size, keep);
    String target = RecordSinks.isFile(log) ? directory.resolve(log).toString() : log;
    return () -> RecordSinks.open(target, rotation, out, LocalMachine.name(), clock);
  }
}
