package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.BlindWays;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Blind events are recorded, or with {@code --blind deny} denied. */
@ExtendWith(ToolExtension.class)
class BlindIT {
  private static final String DENIED = " denied by option --blind";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(BlindWays.class)
  private Path jar;

  private Path library;

  @BeforeEach
  void prepare() throws IOException {
    library = directory.toRealPath().resolve("libown.so");
  }

  private Result run(String blind, List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("run", "-q", "--blind", blind, "-p", "allow.toml", "--log", "e.jsonl", "--"));
    words.addAll(command);
    return tool.run(words.toArray(String[]::new));
  }

  /** Its library is a real one of that JDK, and not the JDK's own in that place. */
  private List<String> command(Jdk jdk, String... ways) throws IOException {
    Files.copy(jdk.home().resolve("lib/libzip.so").toRealPath(), library);
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    if (jdk.feature() == 17) {
      command.add("--add-modules=jdk.incubator.foreign,jdk.attach");
    }
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            jar.toString(),
            BlindWays.class.getName()));
    command.addAll(List.of(ways));
    return command;
  }

  /** Way, what and verdict of each blind event. */
  private List<String> record() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("e.jsonl"));
    JsonSchemas.RECORD.check(lines);
    return lines.stream()
        .filter(line -> Json.text(line, "event").equals("blind"))
        .map(
            line ->
                Json.text(line, "way")
                    + " "
                    + Json.text(line, "what")
                    + " "
                    + Json.text(line, "verdict"))
        .toList();
  }

  @TestOnEachJdk
  void eachBlindEventIsRecordedOnce(Jdk jdk) throws Exception {
    Result result =
        run(
            "allow",
            command(
                jdk,
                "load " + library,
                "load " + library,
                "start /bin/echo hello",
                "foreign",
                "foreign"));

    assertThat(result.out().lines())
        .containsExactly(
            "load: loaded", "load: loaded", "start: hello 0", "foreign: linked", "foreign: linked");
    assertThat(record())
        .containsExactly(
            "library " + library + " allow",
            "process /bin/echo hello allow",
            "foreign ALL-UNNAMED allow");
  }

  @TestOnEachJdk
  void eachBlindEventIsDeniedAsThatMethodFails(Jdk jdk) throws Exception {
    String self = String.valueOf(ProcessHandle.current().pid());

    Result result =
        run(
            "deny",
            command(
                jdk,
                "load " + library,
                "start /bin/echo hello",
                "start /bin/sh -c true",
                "foreign",
                "attach " + self));

    assertThat(result.out().lines())
        .containsExactly(
            "load: java.lang.UnsatisfiedLinkError: appaware: blind library " + library + DENIED,
            "start: java.io.IOException: Cannot run program \"/bin/echo\": appaware: blind process"
                + " /bin/echo hello"
                + DENIED,
            "start: java.io.IOException: Cannot run program \"/bin/sh\": appaware: blind process"
                + " /bin/sh -c true"
                + DENIED,
            "foreign: java.lang.IllegalCallerException: appaware: blind foreign ALL-UNNAMED"
                + DENIED,
            "attach: java.io.IOException: appaware: blind attach " + self + DENIED);
    assertThat(record())
        .containsExactly(
            "library " + library + " deny",
            "process /bin/echo hello deny",
            "process /bin/sh -c true deny",
            "foreign ALL-UNNAMED deny",
            "attach " + self + " deny");
  }

  @TestOnEachJdk
  void aChildOnTheSameJdkStaysInSightAndIsNeverRefused(Jdk jdk) throws Exception {
    String child =
        "start "
            + jdk.java()
            + " -XX:+DisableAttachMechanism -cp "
            + jar
            + " "
            + BlindWays.class.getName()
            + " load";

    Result result = run("deny", command(jdk, child));

    assertThat(result.out())
        .isEqualTo(
            "start: load: java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for"
                + " length 1 0\n");
    assertThat(record()).isEmpty();
  }

  @Test
  void aJvmWithADebuggersAgentDoesNotStart() throws Exception {
    String agent = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
    List<String> command = new ArrayList<>(command(Jdk.running(), "load " + library));
    command.add(1, agent);

    Result denied = run("deny", command);
    assertThat(denied.status()).isEqualTo(125);
    assertThat(denied.err()).endsWith("appaware: blind library " + agent + DENIED + "\n");
    Result allowed = run("allow", command);
    assertThat(allowed.out()).endsWith("load: loaded\n");
    assertThat(record())
        .containsExactly(
            "library " + agent + " deny",
            "library " + agent + " allow",
            "library " + library + " allow");
  }

  @Test
  void aProgramNamedJavaIsABlindEvent() throws Exception {
    Path fake = Files.createDirectories(directory.resolve("fake/bin")).resolve("java");
    Files.copy(Path.of("/bin/echo").toRealPath(), fake);
    Files.createDirectories(directory.resolve("fake/lib"))
        .resolve("modules")
        .toFile()
        .createNewFile();

    Result result = run("deny", command(Jdk.running(), "start " + fake + " hello"));

    assertThat(result.out())
        .isEqualTo(
            "start: java.io.IOException: Cannot run program \""
                + fake
                + "\": appaware: blind process "
                + fake
                + " hello"
                + DENIED
                + "\n");
  }
}
