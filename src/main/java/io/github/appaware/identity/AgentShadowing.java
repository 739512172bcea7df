package io.github.appaware.identity;

import io.github.appaware.jvm.JavaCommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * Finds classes that would replace the agent's own: the system class loader searches its parents,
 * the modules and the class path before the agent's jar.
 */
final class AgentShadowing {
  private static final String AGENT = "io/github/appaware/agent/";

  /** Also matches the versioned entries of a multi-release jar. */
  private static final Pattern CLASSES =
      Pattern.compile("(?:META-INF/versions/[^/]+/)?" + AGENT + ".*", Pattern.CASE_INSENSITIVE);

  private final TargetPaths locations;
  private final Set<Path> visited = new HashSet<>();

  AgentShadowing(TargetPaths locations) {
    this.locations = locations;
  }

  /**
   * The first entry of the command line that contains such classes, or refers to a jar that does.
   *
   * @throws TargetException 125 if there is too much to search
   */
  Optional<String> find(JavaCommandLine line) throws TargetException {
    try {
      return search(line);
    } catch (UncheckedIOException e) {
      throw TargetException.failed(
          "the class path or module path can't be searched for classes that would replace the"
              + " agent: "
              + e.getCause().getMessage());
    }
  }

  private Optional<String> search(JavaCommandLine line) {
    for (String entry : line.classPath()) {
      if (path(entry).filter(this::holdsAgent).isPresent()) {
        return Optional.of(entry);
      }
    }
    List<String> others = new ArrayList<>(line.modulePath());
    others.addAll(line.injected());
    for (String entry : others) {
      Optional<Path> path = path(entry);
      if (path.filter(p -> holdsAgent(p) || modules(p).stream().anyMatch(this::holdsAgent))
          .isPresent()) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Empty for text that is not a valid file name. */
  private Optional<Path> path(String entry) {
    try {
      return Optional.of(locations.absolute(entry));
    } catch (TargetException e) {
      return Optional.empty();
    }
  }

  /** Whether this jar or directory, or a jar that its manifest refers to, contains such classes. */
  private boolean holdsAgent(Path entry) {
    Deque<Path> open = new ArrayDeque<>(List.of(entry));
    while (!open.isEmpty()) {
      Path path = open.pop();
      if (!visited.add(path)) {
        continue;
      }
      requireFew(visited.size());
      if (Files.isDirectory(path)) {
        if (Files.exists(path.resolve(AGENT))) {
          return true;
        }
      } else if (Files.isRegularFile(path)) {
        try (ZipFile jar = ZipFiles.open(path)) {
          if (jar.stream().anyMatch(member -> CLASSES.matcher(member.getName()).matches())) {
            return true;
          }
          open.addAll(referenced(jar, path));
        } catch (UnhashableException e) {
          throw new UncheckedIOException(e);
        } catch (IOException ignored) {
          // Not a jar: the JVM ignores it as well.
        }
      }
    }
    return false;
  }

  /** The jars and exploded modules of a directory on a module path. */
  private static List<Path> modules(Path directory) {
    List<Path> modules = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> members = Files.newDirectoryStream(directory)) {
        for (Path member : members) {
          if (Files.isRegularFile(member) || Files.exists(member.resolve("module-info.class"))) {
            modules.add(member);
            requireFew(modules.size());
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // The JVM can't list it either.
        return List.of();
      }
    }
    return modules;
  }

  private static void requireFew(int files) {
    if (files > ReadBudget.MOST_FILES) {
      throw new UncheckedIOException(
          new UnhashableException("there are more than " + ReadBudget.MOST_FILES + " files"));
    }
  }

  /** The files that the manifest adds to the class path. */
  private static List<Path> referenced(ZipFile jar, Path file) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String reference : ManifestPaths.of(jar)) {
      try {
        String path = reference.replaceFirst("^(?i:file):(?://(?=/))?", "").replace("+", "%2B");
        paths.add(file.resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8)).normalize());
      } catch (IllegalArgumentException ignored) {
        // Includes InvalidPathException: no file has this name.
      }
    }
    return paths;
  }
}
