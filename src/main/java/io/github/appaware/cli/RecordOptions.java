package io.github.appaware.cli;

import io.github.appaware.record.RecordSink;
import io.github.appaware.record.RecordSinks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Where the record of a remote server goes. */
final class RecordOptions {
  @Option(
      names = "--log",
      paramLabel = "WHERE",
      description = {
        "Record every event with its verdict and reason: in a FILE, as JSON Lines; on standard"
            + " output (-); or at a syslog server, syslog+tcp://HOST:PORT or"
            + " syslog+udp://HOST:PORT."
      })
  private String log;

  @Option(
      names = "--log-size",
      paramLabel = "SIZE",
      description = {
        "A file of the record that reached this size is renamed to FILE.1, and another one begun:"
            + " 100M, 512K, 1G. Default: one file that grows."
      })
  private String size;

  @Option(
      names = "--log-keep",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many older files of the record stay. Default: ${DEFAULT-VALUE}.")
  private int keep;

  /**
   * What opens it, or null for none.
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
