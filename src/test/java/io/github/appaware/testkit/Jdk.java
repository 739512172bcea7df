package io.github.appaware.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs on this machine: the one that runs the tests, and one of each other feature release. */
public record Jdk(int feature, Path home) {
  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

  public static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  /** Of 17 and later, oldest first. */
  public static Stream<Jdk> all() {
    Map<Integer, Jdk> found = new TreeMap<>(Comparator.naturalOrder());
    if (Files.isDirectory(USUAL_PLACE)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(USUAL_PLACE)) {
        for (Path home : homes) {
          int feature = feature(home);
          if (feature >= 17) {
            found.putIfAbsent(feature, new Jdk(feature, home));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.put(running().feature(), running());
    return found.values().stream();
  }

  /** The newest one, for what is alike in all; all of them with {@code -Djdks=all}. */
  public static Stream<Jdk> newest() {
    Stream<Jdk> all = all();
    return "all".equals(System.getProperty("jdks"))
        ? all
        : all.reduce((older, newer) -> newer).stream();
  }

  private static int feature(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return 0;
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
        .mapToInt(version -> Runtime.Version.parse(version.replaceFirst("^1\\.", "")).feature())
        .findFirst()
        .orElse(0);
  }

  public String java() {
    return home.resolve("bin/java").toString();
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
