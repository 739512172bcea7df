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
        <id>reach</id><mirrorOf>*</mirrorOf><url>%s://%s:%d/</url>
      </mirror></mirrors>%s</settings>
      """;
  private static final String PROXY =
      """
      <proxies><proxy>
        <id>way</id><active>true</active><protocol>%s</protocol>
        <host>127.0.0.1</host><port>%d</port>
      </proxy></proxies>
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
    return command(directory, SETTINGS.formatted("http", names.get(0), NameServer.REACHED, ""));
  }

  @Override
  public List<String> proxies() {
    return List.of("connect");
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names, String kind, int port)
      throws IOException {
    String proxy = PROXY.formatted("https", port);
    return command(directory, SETTINGS.formatted("https", names.get(0), NameServer.REACHED, proxy));
  }

  private static List<String> command(Path directory, String text) throws IOException {
    Files.writeString(directory.resolve("pom.xml"), POM);
    Path settings = directory.resolve("settings.xml");
    Files.writeString(settings, text);
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
