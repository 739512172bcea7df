package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The reports of a run in which something was denied. */
@ExtendWith(ToolExtension.class)
class ReportIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps-1.0.jar")
  private Path jar;

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[[rule]]\naction = 'allow'\naddress = '127.7.0.1'\n");
  }

  private Result run(String reports) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", "--mode", "enforce", "-p", "p.toml"));
    arguments.addAll(List.of("--fail-on-denied", "--report", reports));
    arguments.addAll(List.of("--", Jdk.running().java(), "-jar", jar.toString()));
    arguments.addAll(List.of("connect 127.7.0.1 9", "connect 127.7.0.2 8"));
    return tool.run(arguments.toArray(String[]::new));
  }

  private String text(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  @Test
  void eachReportNamesWhatWasDeniedTheLibraryAndTheRuleToAdd() throws Exception {
    Result result = run("md=r.md,junit=r.xml,sarif=r.sarif,html=r.html,json=r.json");
    assertThat(result.status()).isEqualTo(120);
    assertThat(result.err()).doesNotContain("::error");

    assertThat(text("r.md"))
        .contains(
            "1 denied, 1 allowed.",
            "| denied | 1 | <code>connect tcp to 127&#46;7&#46;0&#46;2&#58;8")
        .contains("steps&#45;1&#46;0&#46;jar")
        .contains("address  = \"127.7.0.2\"\nport     = 8\n");
    assertThat(text("r.xml"))
        .contains(
            "tests=\"2\"",
            "failures=\"1\"",
            "name=\"connect tcp to 127.7.0.2:8, from steps-1.0.jar\"")
        .contains("address  = \"127.7.0.2\"");
    assertThat(text("r.sarif"))
        .contains("\"ruleId\":\"denied-connect\"", "\"level\":\"error\"", "\"uri\":\"p.toml\"")
        .contains(
            "Denied: connect tcp to 127.7.0.2:8, from steps-1.0.jar (io.github.appaware.target.Steps.run:")
        .contains("address  = \\\"127.7.0.2\\\"");
    assertThat(text("r.html"))
        .contains("steps-1.0.jar", "connect tcp to 127.7.0.2:8", "address  = &#34;127.7.0.2&#34;");
    assertThat(JsonSchemas.REPORT.problems(text("r.json"))).isEmpty();
    assertThat(text("r.json"))
        .contains("\"event\":\"connect tcp to 127.7.0.2:8\"", "\"allow\":\"[[app]]");

    // The rule that the report tells is the one that is missing.
    Files.writeString(
        directory.resolve("p.toml"),
        text("r.md").substring(text("r.md").indexOf("[[app]]")).replace("```", ""),
        StandardOpenOption.APPEND);
    assertThat(run("json=r.json").status()).isZero();
    assertThat(text("r.json")).contains("\"denied\":0");
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void githubGetsAnnotationsAndASummaryThatIsAppended() throws Exception {
    Path summary = Files.writeString(directory.resolve("summary.md"), "# Before\n");
    tool.with("GITHUB_ACTIONS", "true").with("GITHUB_STEP_SUMMARY", summary.toString());
    Result result = run("md=r.md");
    assertThat(result.err().lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "::error title=appaware denied::connect tcp to 127.7.0.2:8, from steps-1.0.jar"));
    assertThat(text("summary.md"))
        .startsWith("# Before\n\n## Network events\n")
        .contains("1 denied");
  }

  @Test
  void aReportThatCannotBeWrittenStopsTheRunBeforeItBegins() throws Exception {
    for (String reports : List.of("xml=r", "md", "md=", "md=none/r.md", "md=a,md=b")) {
      Result result = run(reports);
      assertThat(result.status()).as(reports).isEqualTo(125);
      assertThat(result.out()).as(reports).isEmpty();
    }
  }
}
