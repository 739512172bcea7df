package io.github.appaware.hook;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.appaware.bridge.WovenClasses;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JDKs to weave for. */
enum Jdk {
  /** The one that runs the tests. */
  RUNNING,
  /** The newest of the others on this machine, if there is any. */
  OTHER;

  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private static final Map<Jdk, WovenClasses> WOVEN = new EnumMap<>(Jdk.class);

  /** Its directory; skips the test when there is none. */
  Path home() throws IOException {
    Path running = Path.of(System.getProperty("java.home")).toRealPath();
    if (this == RUNNING) {
      return running;
    }
    Optional<Path> other = other(running);
    assumeThat(other).as("a second JDK in %s or a JAVA_HOME variable", INSTALLED).isPresent();
    return other.orElseThrow();
  }

  /** What {@link Weaver#weaveAll} makes of it, made once. */
  WovenClasses woven() throws IOException, WeavingException {
    synchronized (WOVEN) {
      WovenClasses known = WOVEN.get(this);
      if (known != null) {
        return known;
      }
      try (Weaver weaver = Weaver.of(home())) {
        WovenClasses woven = weaver.weaveAll();
        WOVEN.put(this, woven);
        return woven;
      }
    }
  }

  private static Optional<Path> other(Path running) throws IOException {
    List<Path> homes = new ArrayList<>();
    if (Files.isDirectory(INSTALLED)) {
      try (DirectoryStream<Path> installed = Files.newDirectoryStream(INSTALLED)) {
        installed.forEach(homes::add);
      }
    }
    // JAVA_HOME_25_X64 and the like, as build services have them.
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME")) {
                homes.add(Path.of(value));
              }
            });
    Path other = null;
    for (Path home : homes) {
      if (isJdk(home)
          && !home.toRealPath().equals(running)
          && (other == null || JdkClasses.feature(home) > JdkClasses.feature(other))) {
        other = home.toRealPath();
      }
    }
    return Optional.ofNullable(other);
  }

  private static boolean isJdk(Path home) throws IOException {
    return Files.exists(home.resolve("lib/modules"))
        && Files.exists(home.resolve("release"))
        && JdkClasses.feature(home) >= 17;
  }

  /** The class file as this JDK has it. */
  byte[] original(String internalName) {
    try (JdkClasses classes = JdkClasses.open(home())) {
      return classes.bytes(internalName);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
