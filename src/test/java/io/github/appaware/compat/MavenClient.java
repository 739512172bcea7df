package io.github.appaware.compat;

import io.github.appaware.target.NameServer;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Maven, which gets the parent of a project from a repository. */
final class MavenClient implements NamedClient {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <parent><groupId>reach</groupId><artifactId>parent</artifactId><version>1</version>
          <relativePath/></parent>
        <artifactId>child</artifactId><packaging>pom</packaging>
      </project>
      """;
  private static final String SETTINGS =
      """
      <settings><mirrors><mirror>
        <id>reach</id><mirrorOf>*</mirrorOf><url>http://%s:%d/</url>
      </mirror></mirrors></settings>
      """;

  @Override
  public String name() {
    return "Maven";
  }

  @Override
  public String version() {
    return Maven.version();
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names) throws IOException {
    Files.writeString(directory.resolve("pom.xml"), POM);
    Path settings = directory.resolve("settings.xml");
    Files.writeString(settings, SETTINGS.formatted(names.get(0), NameServer.REACHED));
    return List.of(
        Maven.script(),
        "-B",
        "-s",
        settings.toString(),
        "-Dmaven.repo.local=" + Files.createTempDirectory(directory, "repository"),
        "-f",
        directory.resolve("pom.xml").toString(),
        "validate");
  }

  @Override
  public boolean reached(Result result, String name) {
    return result.status() == 0;
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
