package io.github.appaware.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed Java runtime.
 *
 * @param home its directory, symbolic links resolved
 * @param version {@code 17.0.15}
 * @param feature {@code 17}; {@code 8} for {@code 1.8.0_402}
 * @param release all of the {@code release} file, values without their quotes
 */
public record JavaHome(Path home, String version, int feature, Map<String, String> release) {
  /** The oldest Java that the agent runs in. */
  static final int OLDEST = 17;

  /** Before Java 9 the version began with 1. */
  private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d{1,5}).*");

  public JavaHome {
    release = Map.copyOf(release);
  }

  /**
   * The runtime whose {@code java} launcher this executable is; empty for every other program,
   * including a script that finds a JDK and starts it.
   */
  public static Optional<JavaHome> of(Path executable) {
    try {
      Path real = executable.toRealPath();
      Path bin = real.getParent();
      String name = real.getFileName() == null ? "" : real.getFileName().toString();
      boolean launcher = name.equals("java") || name.equals("java.exe");
      if (!launcher || bin == null || !bin.endsWith("bin") || bin.getParent() == null) {
        return Optional.empty();
      }
      Path home = bin.getParent();
      // Java 8 has a second launcher in jre/bin; it is identified so that it can be rejected by its
      // version.
      Path outer = home.endsWith("jre") ? home.getParent() : null;
      if (outer != null && !Files.exists(home.resolve("release"))) {
        home = outer;
      }
      return isImage(home) ? read(home) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the directory has the classes of a JDK: an image, jmods, exploded, or of Java 8. */
  private static boolean isImage(Path home) {
    return Files.exists(home.resolve("lib/modules"))
        || Files.exists(home.resolve("jmods"))
        || Files.exists(home.resolve("modules/java.base"))
        || Files.exists(home.resolve("lib/rt.jar"))
        || Files.exists(home.resolve("jre/lib/rt.jar"));
  }

  private static Optional<JavaHome> read(Path home) throws IOException {
    Map<String, String> release = new LinkedHashMap<>();
    String text = Files.readString(releaseFile(home), StandardCharsets.ISO_8859_1);
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String value = line.substring(equals + 1).strip();
        boolean inQuotes = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String bare = inQuotes ? value.substring(1, value.length() - 1) : value;
        release.put(line.substring(0, equals).strip(), bare);
      }
    }
    String version = release.getOrDefault("JAVA_VERSION", "");
    Matcher feature = FEATURE.matcher(version);
    return feature.matches()
        ? Optional.of(new JavaHome(home, version, Integer.parseInt(feature.group(1)), release))
        : Optional.empty();
  }

  /** Whether the runtime has the module that agents need; small images are linked without it. */
  boolean takesAgents() {
    String modules = release.getOrDefault("MODULES", "");
    return modules.isEmpty() || List.of(modules.split(" ")).contains("java.instrument");
  }

  /** The file that names the runtime's version and modules. */
  Path releaseFile() {
    return releaseFile(home);
  }

  private static Path releaseFile(Path home) {
    return home.resolve("release");
  }
}
