package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * A copy of the project in {@code src/compat/build}: two modules, an annotation processor, a code
 * generator, tests in two JVMs.
 */
final class BuildProject {
  private static final String TRACKER =
      """
      <dependency>
        <groupId>com.telemetry</groupId>
        <artifactId>tracker</artifactId>
        <version>1.0</version>
      </dependency>
      """;
  private static final String TRACKER_POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.telemetry</groupId><artifactId>tracker</artifactId><version>1.0</version>
      </project>
      """;

  private final Path project;

  private BuildProject(Path project) {
    this.project = project;
  }

  static BuildProject in(Path project) throws IOException {
    Trees.copy(Tool.HOME.resolve("src/compat/build"), project);
    return new BuildProject(project);
  }

  /** Its parent's. */
  String pom() {
    return project.resolve("pom.xml").toString();
  }

  /** Adds the library that phones home, whose jar goes into a repository's directory. */
  void phoneHome(Jdk jdk, Path repository) throws Exception {
    Path artifact = Files.createDirectories(repository.resolve("com/telemetry/tracker/1.0"));
    Files.writeString(artifact.resolve("tracker-1.0.pom"), TRACKER_POM);
    Path classes = Files.createTempDirectory(project, "tracker");
    Path source = Tool.HOME.resolve("src/compat/tracker/com/telemetry/Tracker.java");
    Process compiler =
        new ProcessBuilder(
                jdk.home().resolve("bin/javac").toString(),
                "--release",
                "17",
                "-d",
                classes.toString(),
                source.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    String jar = artifact.resolve("tracker-1.0.jar").toString();
    assertThat(
            ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "cf", jar, "-C", classes.toString(), "com"))
        .isZero();
    replace("store/pom.xml", "<!-- further dependencies -->", TRACKER);
    replace(
        "store/src/main/java/com/acme/store/Order.java",
        "// tracked",
        "com.telemetry.Tracker.report(text);");
  }

  private void replace(String file, String old, String now) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, now));
  }

  /** Removes what a build made. */
  void clean() throws IOException {
    for (String module : List.of("marks", "store")) {
      Trees.delete(project.resolve(module).resolve("target"));
    }
  }
}
