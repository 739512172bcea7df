package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pipeline files that people paste, run as they stand in them. */
@ExtendWith(ToolExtension.class)
class CiFilesIT {
  private static final Path FILES = Tool.HOME.resolve("launcher-scripts/ci");

  @TempDir Path directory;
  private Tool tool;
  private String build;

  @BeforeEach
  void prepare() throws IOException {
    Path program = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    build = "echo connect 127.0.0.1 $PORT | " + Jdk.running().java() + " -jar " + program;
  }

  /** What listens is the test's own process, which is not of the run. */
  private void policy(int port) throws IOException {
    Files.writeString(
        directory.resolve("ci.toml"),
        """
        version = 1
        [[rule]]
        action = 'allow'
        address = 'loopback'
        port = %d
        peer = 'java'
        """
            .formatted(port));
  }

  /** Runs a script with the environment that the service would give it. */
  private Result run(String script, int port) throws Exception {
    ProcessBuilder builder =
        tool.with("APPAWARE", Tool.SCRIPT.toString())
            .with("APPAWARE_HOME", Tool.HOME.toString())
            .with("APPAWARE_POLICY", "ci.toml")
            .with("APPAWARE_MODE", "enforce")
            .with("APPAWARE_REPORTS", "reports")
            .with("APPAWARE_COMMAND", build)
            .with("PORT", Integer.toString(port))
            .with("CI", "true")
            .command(List.of("bash", "-eo", "pipefail", "-c", script));
    builder.environment().put("CI", "true");
    return Tool.run(builder, "");
  }

  private void isGreenUnlessSomethingIsDenied(String script, String... reports) throws Exception {
    try (Listener listener = new Listener()) {
      policy(listener.port());
      Result green = run(script, listener.port());
      assertThat(green.status()).as(green.out() + green.err()).isZero();
      assertThat(green.out()).contains("connected");

      policy(1);
      Result red = run(script, listener.port());
      assertThat(red.status()).as(red.out() + red.err()).isEqualTo(120);
      for (String report : reports) {
        assertThat(Files.readString(directory.resolve(report)))
            .as(report)
            .contains("127.0.0.1")
            .contains(Integer.toString(listener.port()));
      }
      assertThat(listener.connections()).isEqualTo(1);
    }
  }

  /** The lines of a block that is indented more than the line that begins it. */
  private static List<String> block(String file, String begin) throws IOException {
    List<String> lines = Files.readAllLines(FILES.resolve(file));
    int at = 0;
    while (!lines.get(at).strip().equals(begin)) {
      at++;
    }
    int indent = lines.get(at + 1).length() - lines.get(at + 1).stripLeading().length();
    return lines.subList(at + 1, lines.size()).stream()
        .takeWhile(line -> line.isBlank() || line.indexOf(line.strip()) >= indent)
        .map(String::strip)
        .toList();
  }

  @Test
  void theActionOfGithub() throws Exception {
    String script = String.join("\n", block("action.yml", "run: |"));

    assertThat(script).contains("--fail-on-denied").doesNotContain("${{");
    isGreenUnlessSomethingIsDenied(
        script,
        "reports/events.jsonl",
        "reports/report.md",
        "reports/report.xml",
        "reports/report.json");
  }

  @Test
  void theTemplateOfGitlab() throws Exception {
    String script = String.join(" ", block("gitlab-ci.yml", "- >-"));

    isGreenUnlessSomethingIsDenied(
        script, "events.jsonl", "appaware.md", "appaware.xml", "appaware.json");
  }

  @Test
  void thePipelineOfJenkins() throws Exception {
    String file = Files.readString(FILES.resolve("Jenkinsfile"));
    int from = file.indexOf("sh '''") + "sh '''".length();
    // Groovy makes one backslash of two, and joins no lines itself.
    String script =
        file.substring(from, file.indexOf("'''", from))
            .lines()
            .map(String::strip)
            .collect(Collectors.joining("\n"));

    isGreenUnlessSomethingIsDenied(
        script, "events.jsonl", "appaware.md", "appaware.xml", "appaware.json");
  }

  @Test
  void theSnippetForMavenIsXmlAndKeepsWhatPluginsSet() throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(FILES.resolve("maven-snippet.xml").toFile());
    var lines = document.getElementsByTagName("argLine");

    assertThat(lines.item(0).getTextContent()).isEmpty();
    assertThat(lines.item(1).getTextContent()).startsWith("@{argLine} ");
  }
}
