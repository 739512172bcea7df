package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job's life: a build is learned once and enforced from then on; then one of its dependencies
 * phones home in a test, swallowing what becomes of it, and every report says who it was.
 */
@ExtendWith(ToolExtension.class)
class WholeBuildCompat {
  private static final String DIRECT =
      """
      <settings><mirrors><mirror>
        <id>own</id><mirrorOf>*</mirrorOf><url>http://127.0.0.1:%d/</url>
      </mirror></mirrors></settings>
      """;
  private static final String PROXIED =
      """
      <settings>
        <mirrors><mirror>
          <id>own</id><mirrorOf>*</mirrorOf><url>http://repository.example/</url>
        </mirror></mirrors>
        <proxies><proxy>
          <id>way</id><active>true</active><protocol>http</protocol>
          <host>127.0.0.1</host><port>%d</port>
        </proxy></proxies>
      </settings>
      """;

  @TempDir Path directory;
  private Tool tool;
  private BuildRepository repository;
  private BuildProject project;

  @BeforeEach
  void open() throws Exception {
    repository = new BuildRepository(directory.resolve("own"));
    project = BuildProject.in(directory.resolve("project"));
    fetch();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  /** Into this build's local repository, which the other builds get their plugins from. */
  private void fetch() throws Exception {
    List<String> command = new ArrayList<>(Maven.command());
    command.addAll(List.of("-f", project.pom(), "package"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    Result result = Tool.run(builder, "");
    assumeThat(result.status()).as("a repository can be reached: %s", result.out()).isZero();
  }

  /** With an empty local repository, as a job has it. */
  private Result run(Jdk jdk, String... options) throws Exception {
    project.clean();
    repository.forgetRequests();
    tool.with("JAVA_HOME", jdk.home().toString());
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(
        List.of(
            "--",
            Maven.script(),
            "-B",
            "-q",
            "-s",
            directory.resolve("settings.xml").toString(),
            "-Dmaven.repo.local=" + Files.createTempDirectory(directory, "local"),
            "-f",
            project.pom(),
            "package"));
    Result result = tool.run(command.toArray(String[]::new));
    assertThat(repository.requests()).as(result.err()).isPositive();
    return result;
  }

  private void isLearnedThenEnforced(Jdk jdk) throws Exception {
    Result learned = run(jdk, "learn", "-o", "policy.toml");
    assertThat(learned.status()).as(learned.out() + learned.err()).isZero();

    for (int i = 0; i < 3; i++) {
      Result enforced = run(jdk, "run", "-p", "policy.toml", "--fail-on-denied");
      assertThat(enforced.status()).as(enforced.out() + enforced.err()).isZero();
      assertThat(enforced.err()).contains(", 0 denied");
    }

    project.phoneHome(Jdk.running(), directory.resolve("own"));
    tool.with("GITHUB_ACTIONS", "true").with("GITHUB_WORKSPACE", directory.toString());
    Result phoned =
        run(
            jdk,
            "run",
            "-p",
            "policy.toml",
            "--fail-on-denied",
            "--report",
            "md=r.md",
            "--report",
            "junit=r.xml",
            "--report",
            "sarif=r.sarif",
            "--report",
            "html=r.html",
            "--report",
            "json=r.json");
    assertThat(phoned.status()).as(phoned.out() + phoned.err()).isEqualTo(120);
    assertThat(phoned.err()).contains("::error");
    Map<String, List<String>> missing = new TreeMap<>();
    missing.put("annotations", missing(phoned.err()));
    for (String report : List.of("r.md", "r.xml", "r.sarif", "r.html", "r.json")) {
      missing.put(report, missing(Files.readString(directory.resolve(report))));
    }
    assertThat(missing).allSatisfy((report, what) -> assertThat(what).isEmpty());
  }

  /** What it does not tell of library and version, class, test, host and the rule to add. */
  private static List<String> missing(String report) {
    String text = report;
    Matcher entity = Pattern.compile("&#(\\d+);").matcher(report);
    if (entity.find()) {
      text = entity.replaceAll(each -> Character.toString(Integer.parseInt(each.group(1))));
    }
    return Stream.of(
            "com.telemetry:tracker:1.0",
            "com.telemetry.Tracker.report",
            "com.acme.store.OrderTest.isPaid",
            "telemetry.example",
            "[[rule]]")
        .filter(Predicate.not(text::contains))
        .toList();
  }

  @TestOnEachJdk
  void directly(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("settings.xml"), DIRECT.formatted(repository.port()));
    isLearnedThenEnforced(jdk);
  }

  @TestOnEachJdk
  void throughAProxy(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("settings.xml"), PROXIED.formatted(repository.port()));
    isLearnedThenEnforced(jdk);
    assertThat(Files.readString(directory.resolve("policy.toml")))
        .as("a rule for the repository, which holds without the proxy, too")
        .contains("host     = \"repository.example\"");
  }
}
