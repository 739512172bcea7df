package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class CommandsIT {
  @TempDir Path directory;
  private Tool tool;

  @Test
  void demoShowsOneAllowedAndOneDeniedEvent() throws Exception {
    Result result = tool.run("demo");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("-> hello from the server")
        .contains("appaware: resolve telemetry.example denied by rule \"no-telemetry\" (")
        .contains("\"event\":\"connect\",\"protocol\":\"tcp\",\"host\":\"repository.example\"")
        .contains("\"verdict\":\"deny\"");
    assertThat(result.err())
        .contains(
            " allowed, ",
            " denied\n          denied: resolve telemetry.example, 6 times, from demo-1.0.jar");
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void doctorFindsThisMachineFit() throws Exception {
    Result result = tool.run("doctor");

    assertThat(result.out())
        .contains("runs under appaware, hooks verified by the self-test")
        .doesNotContain("FAIL");
    assertThat(result.out().lines().filter(line -> line.startsWith("note")))
        .allSatisfy(note -> assertThat(result.out()).contains(note + "\n      -> "));
    assertThat(result.status()).isZero();
  }

  @Test
  void doctorSaysWhatToDoAboutACacheThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    Result result = tool.with("XDG_CACHE_HOME", file.toString()).run("doctor");

    assertThat(result.out())
        .contains("FAIL  hooks can't be kept in " + file)
        .contains("-> make it writable, with 16 MB of free space, or set XDG_CACHE_HOME");
    assertThat(result.status()).isOne();
  }

  @Test
  void checkSaysWhereALenientReaderIsMisled() throws Exception {
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[[rule]]\naction = 'deny'\nnote = \"C:\\\\new\"\n");

    Result result = tool.run("policy", "check", "--portable", "p.toml");
    assertThat(result.out())
        .startsWith("p.toml:4:1: warning: TOML4J reads `C:\\\\u000aew` here\n")
        .contains("help: keep to plain strings");
    assertThat(result.status()).isZero();
    assertThat(tool.run("policy", "check", "p.toml").out()).isEmpty();
  }

  @Test
  void identifyShowsWhatAPolicyCanPin() throws Exception {
    Path jar = Programs.jar(directory.resolve("billing-2.1.jar"), Steps.class);

    Result result = tool.run("identify", "billing-2.1.jar");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("file    billing-2.1.jar")
        .contains("sha256  " + Digest.sha256(jar))
        .contains("id     = \"billing\"");
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n" + result.out().substring(result.out().indexOf("[[app]]")));
    assertThat(tool.run("run", "-q", "-p", "p.toml", "--", "true").status()).isZero();
  }

  @Test
  void identifySpeaksJsonAndTakesAWholeCommandLine() throws Exception {
    Path jar = Programs.jar(directory.resolve("steps.jar"), Steps.class);

    Result asFile = tool.run("identify", "--json", "steps.jar");
    Result asCommand =
        tool.run("identify", "--json", Jdk.running().java(), "-Xmx1g", "-jar", "steps.jar", "-x");

    assertThat(asFile.out().strip()).matches(Json::isObject);
    assertThat(asCommand.out()).isEqualTo(asFile.out());
    assertThat(Json.text(asFile.out(), "sha256")).isEqualTo(Digest.sha256(jar));
  }

  @Test
  void identifyNamesWhatIsMissingAndStillShowsTheRest() throws Exception {
    Programs.jar(directory.resolve("steps.jar"), Steps.class);

    Result result = tool.run("identify", "none.jar", "steps.jar");

    assertThat(result.err()).contains("`none.jar`: no such file");
    assertThat(result.out()).contains("file    steps.jar");
    assertThat(result.status()).isEqualTo(125);
  }

  @Test
  void helpNamesEveryCommandAndStaysWithinEightyColumns() throws Exception {
    Result result = tool.run("--help");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("run", "identify", "doctor", "demo");
    for (String command : new String[] {"run", "identify", "doctor", "demo"}) {
      Result help = tool.run(command, "--help");
      assertThat(help.status()).isZero();
      assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
      assertThat(help.out()).startsWith("Usage: appaware " + command);
    }
    assertThat(tool.run("--version").out()).startsWith("appaware 0.1.0\n");
  }

  @Test
  void theScriptIsFoundThroughLinksAndReportsAMissingJava() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("aw"), Tool.SCRIPT);
    ProcessBuilder linked = tool.builder();
    linked.command(link.toString(), "--version");
    assertThat(Tool.run(linked, "").status()).isZero();

    Result result = tool.with("APPAWARE_JAVA", "/none/java").run("--version");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .contains("there is no `/none/java`, which APPAWARE_JAVA names", "help: set APPAWARE_JAVA");
  }
}
