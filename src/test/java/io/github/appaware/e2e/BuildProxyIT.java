package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds that get what they need through a proxy, from a repository that only it can reach. */
@ExtendWith(ToolExtension.class)
class BuildProxyIT {
  private static final String HOST = "repository.example";

  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = %d
      """;

  private static final String REPOSITORY =
      """
      [[rule]]
      action = 'allow'
      host = 'repository.example'
      """;

  /** What Gradle's processes need among themselves. */
  private static final String PROCESSES =
      """
      [[rule]]
      action = 'allow'
      event = ['bind', 'listen', 'accept']
      [[rule]]
      action = 'allow'
      address = 'loopback'
      peer = 'run'
      """;

  private static final String PARENT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>reach</groupId><artifactId>parent</artifactId><version>1</version>
        <packaging>pom</packaging>
      </project>
      """;

  private static final String CHILD =
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
      <settings>
        <mirrors><mirror>
          <id>reach</id><mirrorOf>*</mirrorOf><url>http://repository.example/</url>
        </mirror></mirrors>
        <proxies><proxy>
          <id>way</id><active>true</active><protocol>http</protocol>
          <host>127.0.0.1</host><port>%d</port>
        </proxy></proxies>
      </settings>
      """;

  private static final String BUILD =
      """
      repositories { maven { url 'http://repository.example/' } }
      configurations { reach }
      dependencies { reach 'reach:parent:1@pom' }
      task reach { doLast { println configurations.reach.files } }
      """;

  @TempDir Path directory;
  private Tool tool;
  private ProxyServer proxy;

  @BeforeEach
  void listen() throws Exception {
    proxy = new ProxyServer(false, SelfSigned.context());
    proxy.answer(PARENT);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private Result run(String policy, List<String> command) throws Exception {
    Files.writeString(directory.resolve("p.toml"), POLICY.formatted(proxy.port()) + policy);
    Files.deleteIfExists(directory.resolve("log"));
    List<String> words =
        new ArrayList<>(
            List.of("run", "-q", "--blind", "allow", "-p", "p.toml", "--log", "log", "--"));
    words.addAll(command);
    return tool.run(words.toArray(String[]::new));
  }

  private List<String> aboutTheRepository() throws Exception {
    return Files.readAllLines(directory.resolve("log")).stream()
        .filter(line -> Json.text(line, "host").equals(HOST))
        .toList();
  }

  private void assertAllowed(Result result) throws Exception {
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(proxy.asked()).anyMatch(line -> line.startsWith("GET http://" + HOST + "/reach/"));
    assertThat(aboutTheRepository())
        .isNotEmpty()
        .allMatch(line -> Json.text(line, "event").equals("connect"))
        .allMatch(line -> Json.text(line, "verdict").equals("allow"))
        .allMatch(
            line ->
                line.contains(
                    "\"through\":{\"address\":\"127.0.0.1\",\"port\":" + proxy.port() + "}"));
  }

  private void assertDenied(Result result, int askedBefore) throws Exception {
    assertThat(result.status()).as(result.out() + result.err()).isNotZero();
    assertThat(result.out() + result.err())
        .contains("appaware: connect tcp to " + HOST + ":80 through proxy 127.0.0.1:");
    assertThat(proxy.asked()).as("nothing about it").hasSize(askedBefore);
    assertThat(aboutTheRepository())
        .isNotEmpty()
        .allMatch(line -> Json.text(line, "verdict").equals("deny"));
  }

  @TestOnNewestJdk
  void mavenNeedsTheRuleForTheRepository(Jdk jdk) throws Exception {
    assumeTrue(isInstalled("mvn"), "Maven is not installed");
    Files.writeString(directory.resolve("pom.xml"), CHILD);
    Files.writeString(directory.resolve("settings.xml"), SETTINGS.formatted(proxy.port()));

    assertDenied(run("", maven(jdk)), 0);
    assertAllowed(run(REPOSITORY, maven(jdk)));
  }

  private List<String> maven(Jdk jdk) throws Exception {
    return List.of(
        "env",
        "JAVA_HOME=" + jdk.home(),
        "mvn",
        "-B",
        "-s",
        directory.resolve("settings.xml").toString(),
        "-Dmaven.repo.local=" + Files.createTempDirectory(directory, "repository"),
        "-f",
        directory.resolve("pom.xml").toString(),
        "validate");
  }

  /** With the JDK that runs the tests: not every Gradle knows the others. */
  @Test
  void gradleNeedsTheRuleForTheRepository() throws Exception {
    assumeTrue(isInstalled("gradle"), "gradle is not installed");

    assertDenied(run(PROCESSES, gradle()), 0);
    assertAllowed(run(PROCESSES + REPOSITORY, gradle()));
  }

  private List<String> gradle() throws Exception {
    Path project = Files.createTempDirectory(directory, "project");
    Files.writeString(project.resolve("build.gradle"), BUILD);
    Files.writeString(project.resolve("settings.gradle"), "rootProject.name = 'reach'\n");
    return List.of(
        "env",
        "GRADLE_USER_HOME=" + project.resolve("home"),
        "JAVA_HOME=" + Jdk.running().home(),
        "gradle",
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=" + proxy.port(),
        "--no-daemon",
        "-q",
        "-p",
        project.toString(),
        "reach");
  }
}
