package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A whole build with an empty local repository: Maven fetches its plugins from a repository on the
 * loopback, which is this build's local one, and compiles and packs a class.
 */
final class MavenRun implements Subject {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>compat</groupId><artifactId>tiny</artifactId><version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <build><plugins>
          <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
          <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
          <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version></plugin>
          <plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>
        </plugins></build>
      </project>
      """;
  private static final String SETTINGS =
      """
      <settings><mirrors><mirror>
        <id>loopback</id><mirrorOf>*</mirrorOf><url>http://127.0.0.1:%d/</url>
      </mirror></mirrors></settings>
      """;

  private final Path directory;
  private final BuildRepository repository;

  MavenRun(Path directory) throws IOException {
    this.directory = directory;
    Path sources = Files.createDirectories(directory.resolve("src/main/java"));
    Files.writeString(sources.resolve("Tiny.java"), "class Tiny {}\n");
    Files.writeString(directory.resolve("pom.xml"), POM);
    repository = new BuildRepository(directory.resolve("none"));
    int port = repository.port();
    Files.writeString(directory.resolve("settings.xml"), SETTINGS.formatted(port));
  }

  @Override
  public String name() {
    return "`mvn package` with an empty local repository";
  }

  @Override
  public String version() {
    return Maven.version();
  }

  @Override
  public List<String> command(Jdk jdk, int port, int patience) {
    return List.of(
        Maven.script(),
        "-B",
        "-q",
        "-s",
        directory.resolve("settings.xml").toString(),
        "-Dmaven.repo.local=" + local(),
        "-Dmaven.test.skip=true",
        "-f",
        directory.resolve("pom.xml").toString(),
        "package");
  }

  @Override
  public Map<String, String> environment(Jdk jdk) {
    return Map.of("JAVA_HOME", jdk.home().toString());
  }

  @Override
  public boolean script() {
    return true;
  }

  @Override
  public void reset() throws IOException {
    repository.forgetRequests();
    Trees.delete(local());
    Trees.delete(directory.resolve("target"));
  }

  private Path local() {
    return directory.resolve("repository");
  }

  @Override
  public int reached() {
    return repository.requests();
  }

  @Override
  public void close() {
    repository.close();
  }

  @Override
  public String toString() {
    return name();
  }
}
