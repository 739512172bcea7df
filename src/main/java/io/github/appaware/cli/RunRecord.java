package io.github.appaware.cli;

import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The record of a run that is read when the run is over: the file of {@code --log}, or else a
 * temporary one.
 */
final class RunRecord implements Closeable {
  private final Path file;
  private final boolean temporary;
  private final long begin;

  private RunRecord(Path file, boolean temporary, long begin) {
    this.file = file;
    this.temporary = temporary;
    this.begin = begin;
  }

  /**
   * Before the run.
   *
   * @param log the file of {@code --log}, or null
   * @throws UsageException when what is written there can't be read back
   */
  static RunRecord of(Path log) throws UsageException {
    try {
      if (log == null) {
        return new RunRecord(Files.createTempFile("appaware-", ".jsonl"), true, 0);
      }
      if (!Files.exists(log)) {
        return new RunRecord(log, false, 0);
      }
      if (!Files.isRegularFile(log) || !Files.isReadable(log)) {
        throw new UsageException(
            "the record `" + log + "` can't be read back", "name a regular file after --log");
      }
      return new RunRecord(log, false, Files.size(log));
    } catch (IOException e) {
      throw new UsageException("no place for the run's record: " + FileErrors.reason(e), "");
    }
  }

  Path file() {
    return file;
  }

  /**
   * Reads the lines of the run; others may have been written meanwhile.
   *
   * @throws UsageException when they can't be read
   */
  void read(String run, RecordFiles.Taker taker) throws UsageException {
    try (RecordReader reader = RecordReader.open(file, begin)) {
      for (RecordEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (entry.run().equals(run)) {
          taker.take(entry);
        }
      }
    } catch (IOException e) {
      throw new UsageException("the run's record can't be read: " + FileErrors.reason(e), "");
    }
  }

  @Override
  public void close() {
    if (temporary) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A temporary file that only the user can read is left.
      }
    }
  }
}
