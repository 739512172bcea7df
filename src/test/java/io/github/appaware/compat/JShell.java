package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JDK's shell, which evaluates in a JVM that it starts and talks to over the loopback. */
final class JShell implements Subject {
  private final Path preferences;

  /** Its preferences are made below the directory, where a person's own stay as they are. */
  JShell(Path directory) throws IOException {
    preferences = directory;
    Files.createDirectories(directory.resolve(".java/.userPrefs"));
  }

  @Override
  public String name() {
    return "`jshell`, with its remote JVM";
  }

  @Override
  public String version() {
    return "the JDK's";
  }

  @Override
  public List<String> command(Jdk jdk, int port, int patience) {
    return List.of(
        jdk.home().resolve("bin/jshell").toString(),
        "-J-Djava.util.prefs.userRoot=" + preferences,
        "-s",
        "-");
  }

  @Override
  public String input() {
    return """
    int sum = 0
    for (int i = 0; i < 100; i++) sum += i
    System.out.println(sum)
    try (var s = new java.net.ServerSocket(0)) { System.out.println(s.isBound()); }
    """;
  }

  @Override
  public boolean script() {
    return true;
  }

  @Override
  public String toString() {
    return name();
  }
}
