package io.github.appaware.cli;

import io.github.appaware.event.Mode;
import io.github.appaware.launch.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The policy of one run.
 *
 * @param files its files; may be empty
 * @param answers where answers are kept, or null for the first of the files
 */
record RunPolicy(List<Path> files, Path answers) {
  RunPolicy {
    files = List.copyOf(files);
  }

  /**
   * Chooses the policy: what the command line names, else the user's own.
   *
   * @param named files that were named with {@code --policy}
   * @param answers the file that was named with {@code --answers}, or null
   * @param remote whether a remote server decides as well, so that no local policy is needed
   * @param command what is to be run
   * @throws UsageException when there is no policy, and nothing else could decide or start one
   */
  static RunPolicy of(
      List<Path> named,
      Path answers,
      boolean remote,
      Mode mode,
      List<String> command,
      Map<String, String> environment)
      throws UsageException {
    if (command.isEmpty()) {
      throw new UsageException(
          "missing command", "write it after `--`: appaware run -- java -jar app.jar");
    }
    Path own = Installation.userPolicy(environment);
    List<Path> files = named;
    if (named.isEmpty() && !remote && Files.exists(own)) {
      files = List.of(own);
    }
    // In the other modes, and with a file for answers, the first answer begins the policy.
    boolean begins = mode != Mode.ENFORCE || (answers != null && Files.exists(answers));
    if (files.isEmpty() && !remote && !begins) {
      throw missing(own, command);
    }
    return new RunPolicy(files, answers == null && files.isEmpty() ? own : answers);
  }

  private static UsageException missing(Path own, List<String> command) {
    if (command.contains("--policy") || command.contains("-p")) {
      return new UsageException(
          "no policy before the command",
          "options of appaware come before the command: appaware run --policy FILE -- "
              + command.get(0));
    }
    return new UsageException(
        "no policy: --policy was not given, and `" + own + "` does not exist",
        "name one with `--policy FILE`, or see what the program does with `--mode observe --log"
            + " events.jsonl`");
  }

  /** The file that new rules belong in. */
  Path target() {
    return answers != null ? answers : files.get(0);
  }
}
