package io.github.appaware.cli;

import io.github.appaware.event.Reason;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.SarifPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where code scanning shows an alert: the line of the policy that decided, else the first line of
 * the build file in the working directory, else that of the run's policy. Only files of the
 * repository can be shown, by their path from its root, with symbolic links resolved. Not
 * thread-safe.
 */
final class ReportPlaces implements SarifPlaces {
  private static final Pattern AT = Pattern.compile("(.+):([1-9][0-9]{0,8})");

  private static final List<String> BUILD_FILES =
      List.of(
          "pom.xml",
          "build.gradle.kts",
          "build.gradle",
          "settings.gradle.kts",
          "settings.gradle",
          "build.sbt",
          "build.xml",
          "MODULE.bazel");

  /** Where the rule to add would stand if there is neither a policy nor a build file. */
  private static final String NO_FILE = "policy.toml";

  private final List<Path> policies;
  private final Path directory;
  private final Path root;
  private final Map<String, Place> known = new HashMap<>();
  private final Map<Path, int[]> lines = new HashMap<>();

  /**
   * For one run.
   *
   * @param policies the files of its policy, as the user named them
   */
  ReportPlaces(List<Path> policies, Map<String, String> environment, Path directory) {
    this.policies = List.copyOf(policies);
    this.directory = directory;
    this.root = root(environment, directory);
  }

  /** The directory that has {@code .git}, else GitHub's workspace, else the working directory. */
  private static Path root(Map<String, String> environment, Path directory) {
    Path start = real(directory);
    if (start == null) {
      return directory.toAbsolutePath().normalize();
    }
    for (Path each = start; each != null; each = each.getParent()) {
      if (Files.exists(each.resolve(".git"))) {
        return each;
      }
    }
    String named = environment.getOrDefault("GITHUB_WORKSPACE", "");
    Path workspace = named.isEmpty() ? null : real(path(named));
    return workspace != null && start.startsWith(workspace) ? workspace : start;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public Place of(Finding finding) {
    Reason reason = finding.entry().verdict().reason();
    // Of an answer, this is the person.
    String at = reason.kind() == Reason.Kind.ANSWER ? "" : reason.at();
    return known.computeIfAbsent(at, this::place);
  }

  private Place place(String at) {
    Matcher parts = AT.matcher(at);
    if (parts.matches()) {
      Place place = inRepository(path(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (place != null) {
        return place;
      }
    }
    for (String name : BUILD_FILES) {
      Place place = inRepository(Path.of(name), 1);
      if (place != null) {
        return place;
      }
    }
    for (Path policy : policies) {
      Place place = inRepository(policy, 1);
      if (place != null) {
        return place;
      }
    }
    return new Place(NO_FILE, 1, 1);
  }

  /** The place; null where it is no line of a file of the repository. */
  private Place inRepository(Path named, int line) {
    Path file = real(directory.resolve(named));
    if (file == null || !file.startsWith(root) || !Files.isRegularFile(file)) {
      return null;
    }
    int[] lengths = lines.computeIfAbsent(file, ReportPlaces::lengths);
    return line > lengths.length
        ? null
        : new Place(uri(root.relativize(file)), line, Math.max(1, lengths[line - 1]));
  }

  /** How long each line is; none where the file can't be read as text. */
  private static int[] lengths(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.mapToInt(String::length).toArray();
    } catch (IOException | UncheckedIOException e) {
      return new int[0];
    }
  }

  private static String uri(Path relative) {
    StringBuilder path = new StringBuilder();
    for (Path part : relative) {
      path.append('/').append(part);
    }
    try {
      String uri = new URI(null, null, path.toString(), null).toASCIIString().substring(1);
      // What stands before a colon would be the scheme.
      return uri.indexOf(':') < 0 ? uri : uri.replace(":", "%3A");
    } catch (URISyntaxException e) {
      throw new AssertionError(e); // an absolute path always is one
    }
  }
}
