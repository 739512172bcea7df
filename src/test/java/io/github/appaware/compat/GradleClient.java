package io.github.appaware.compat;

import io.github.appaware.target.NameServer;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Gradle as the system has it, in a build without a daemon, which gets a file from a repository.
 */
final class GradleClient implements NamedClient {
  private static final String BUILD =
      """
      repositories { maven { url '%s://%s:%d/' } }
      configurations { reach }
      dependencies { reach 'reach:parent:1@pom' }
      task reach { doLast { println configurations.reach.files } }
      """;

  static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "gradle")));
  }

  @Override
  public String name() {
    return "Gradle";
  }

  @Override
  public String version() {
    return "the system's";
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names) throws IOException {
    return command(jdk, directory, BUILD.formatted("http", names.get(0), NameServer.REACHED), 0);
  }

  @Override
  public List<String> proxies() {
    return List.of("connect");
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names, String kind, int port)
      throws IOException {
    return command(
        jdk, directory, BUILD.formatted("https", names.get(0), NameServer.REACHED), port);
  }

  private static List<String> command(Jdk jdk, Path directory, String build, int proxy)
      throws IOException {
    Path project = Files.createTempDirectory(directory, "project");
    Files.writeString(project.resolve("build.gradle"), build);
    Files.writeString(project.resolve("settings.gradle"), "rootProject.name = 'reach'\n");
    return List.of(
        "env",
        "GRADLE_USER_HOME=" + project.resolve("home"),
        "JAVA_HOME=" + jdk.home(),
        "gradle",
        proxy == 0 ? "-Dreach=directly" : "-Dhttps.proxyHost=127.0.0.1",
        proxy == 0 ? "-Dreach=directly" : "-Dhttps.proxyPort=" + proxy,
        "--no-daemon",
        "-q",
        "-p",
        project.toString(),
        "reach");
  }

  @Override
  public boolean reached(Result result, String name) {
    return result.status() == 0 && result.out().contains("parent-1.pom");
  }

  /** Its processes talk to each other, and it looks up the machine's own name. */
  @Override
  public String rules() {
    return """
        [[rule]]
        action = 'allow'
        event = ['bind', 'listen', 'accept']
        [[rule]]
        action = 'allow'
        address = 'loopback'
        peer = 'run'
        """;
  }

  @Override
  public boolean several() {
    return false;
  }

  @Override
  public String toString() {
    return name();
  }
}
