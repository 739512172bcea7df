package io.github.appaware.cli;

import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the records that a command line names. */
final class RecordFiles {
  /** The name of the standard input. */
  private static final String STDIN = "-";

  /** Gets the entries in their order. */
  @FunctionalInterface
  interface Taker {
    /** Takes the next one. */
    void take(RecordEntry entry) throws IOException;
  }

  private final Console console;
  private final PolicyFiles.Places places;
  private final InputStream in;

  RecordFiles(Console console, PolicyFiles.Places places, InputStream in) {
    this.console = console;
    this.places = places;
    this.in = in;
  }

  /**
   * Reads them all. A part of a line at the end is left out with a warning.
   *
   * @throws UsageException where one can't be read, or a line is not a line of the record: what it
   *     would have said is not known
   */
  void readAll(List<Path> files, Taker taker) throws UsageException, IOException {
    for (Path file : files) {
      try (RecordReader reader = open(file)) {
        for (RecordEntry entry = next(reader); entry != null; entry = next(reader)) {
          taker.take(entry);
        }
        if (reader.isTorn()) {
          console.tell(reader.name() + ": the last line is incomplete and was left out");
        }
      }
    }
  }

  private static RecordEntry next(RecordReader reader) throws UsageException {
    try {
      return reader.next();
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), "expected a record, as `run --log` writes it");
    }
  }

  /** Opens one of them. */
  RecordReader open(Path named) throws UsageException {
    if (named.toString().equals(STDIN)) {
      return RecordReader.of("standard input", in);
    }
    Path file = places.file(named);
    try {
      if (Files.isDirectory(file)) {
        throw new UsageException("`" + file + "` is a directory", "name a record");
      }
      return RecordReader.open(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("`" + file + "`: no such file", "");
    } catch (IOException e) {
      throw new UsageException("the record can't be read: " + FileErrors.reason(e), "");
    }
  }
}
