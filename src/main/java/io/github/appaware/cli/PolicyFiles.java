package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that name the policy, and the file for answers. */
final class PolicyFiles {
  /** Where relative names start, and where the user's own policy is found. */
  record Places(Map<String, String> environment, Path directory) {
    /** The file as messages name it: as the user wrote it, unless that means another file. */
    Path file(Path named) {
      return directory.equals(Path.of("").toAbsolutePath()) ? named : directory.resolve(named);
    }
  }

  /** What a command's help says of files that need not be named. */
  static final String DEFAULT =
      "Default: appaware/policy.toml in the user's configuration directory.";

  /** The files that a command names, or else the user's own policy. */
  static List<Path> named(List<Path> named, Places places) {
    return named.isEmpty()
        ? List.of(Installation.userPolicy(places.environment()))
        : named.stream().map(places::file).toList();
  }

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "FILE",
      description = "A policy; several are merged. " + DEFAULT)
  private List<Path> policies = new ArrayList<>();

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "The file that answers are kept in. Default: the first policy.")
  private Path answers;

  /** All files of the policy. */
  List<Path> all(Places places) {
    List<Path> all = new ArrayList<>();
    policies.forEach(each -> all.add(places.file(each)));
    if (all.isEmpty()) {
      Path own = Installation.userPolicy(places.environment());
      // With --answers alone the user's own policy need not exist.
      if (answers == null || Files.exists(own)) {
        all.add(own);
      }
    }
    if (answers != null && !all.contains(places.file(answers))) {
      all.add(places.file(answers));
    }
    return all;
  }

  /** The file that gets new rules: the answers', else the first policy, else the user's own. */
  Path target(Places places) {
    return answers != null ? places.file(answers) : all(places).get(0);
  }
}
