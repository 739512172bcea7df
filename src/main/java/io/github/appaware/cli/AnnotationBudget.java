package io.github.appaware.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * How many annotations GitHub still shows: ten of a step and fifty of a job, and it drops the rest.
 * What earlier runs of the job took is kept in the runner's directory for temporary files, which is
 * emptied before each job.
 */
final class AnnotationBudget {
  static final int MOST_OF_STEP = 10;
  static final int MOST_OF_JOB = 50;

  private static final String FILE = "appaware-annotations";

  private final Path file;
  private final String step;

  AnnotationBudget(Map<String, String> environment) {
    Path directory = directory(environment.getOrDefault("RUNNER_TEMP", ""));
    file = directory == null ? null : directory.resolve(FILE);
    step = environment.getOrDefault("GITHUB_ACTION", "").replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private static Path directory(String named) {
    try {
      return named.isEmpty() || !Files.isDirectory(Path.of(named)) ? null : Path.of(named);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** How many are left for this run; where nothing is known of other runs, those of a step. */
  int left() {
    int ofStep = 0;
    int ofJob = 0;
    if (file != null && Files.isRegularFile(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          int blank = line.lastIndexOf(' ');
          int count = Integer.parseInt(line.substring(blank + 1));
          ofJob += count;
          ofStep += blank > 0 && line.substring(0, blank).equals(step) ? count : 0;
        }
      } catch (IOException | NumberFormatException e) {
        return MOST_OF_STEP;
      }
    }
    return Math.max(0, Math.min(MOST_OF_STEP - ofStep, MOST_OF_JOB - ofJob));
  }

  /** Notes how many more annotations this run has shown. */
  void take(int count) throws IOException {
    if (file != null && count > 0) {
      Files.writeString(
          file,
          step + " " + count + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
