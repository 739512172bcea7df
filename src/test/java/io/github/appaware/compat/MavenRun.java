package io.github.appaware.compat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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
  private final HttpServer repository;
  private final AtomicInteger reached = new AtomicInteger();

  MavenRun(Path directory) throws IOException {
    this.directory = directory;
    Path sources = Files.createDirectories(directory.resolve("src/main/java"));
    Files.writeString(sources.resolve("Tiny.java"), "class Tiny {}\n");
    Files.writeString(directory.resolve("pom.xml"), POM);
    repository = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    repository.createContext("/", this::serve);
    repository.setExecutor(Executors.newFixedThreadPool(4));
    repository.start();
    int port = repository.getAddress().getPort();
    Files.writeString(directory.resolve("settings.xml"), SETTINGS.formatted(port));
  }

  private void serve(HttpExchange exchange) throws IOException {
    reached.incrementAndGet();
    Path root = Maven.repository();
    Path file = root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
    if (file.startsWith(root) && Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(200, 0);
      Files.copy(file, exchange.getResponseBody());
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
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
    reached.set(0);
    delete(local());
    delete(directory.resolve("target"));
  }

  private Path local() {
    return directory.resolve("repository");
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  @Override
  public int reached() {
    return reached.get();
  }

  @Override
  public void close() {
    repository.stop(0);
  }

  @Override
  public String toString() {
    return name();
  }
}
