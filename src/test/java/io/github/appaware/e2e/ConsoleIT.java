package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Impostor;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs seen, and their questions answered, from another process. */
@Timeout(240)
@ExtendWith(ToolExtension.class)
class ConsoleIT {
  private static final String DENIED =
      "appaware: connect unix to it denied because it belongs to appaware";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps.jar")
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n");
  }

  private Dialog run() throws IOException {
    return tool.talk(
        "run",
        "-p",
        "p.toml",
        "--prompt",
        "console",
        "--",
        Jdk.running().java(),
        "-jar",
        jar.toString());
  }

  private static String type(String line) {
    return Json.text(line, "type");
  }

  /** The next line of that type. */
  private static String hear(Dialog console, String type) throws IOException {
    String line = console.hear();
    while (line != null && !type(line).equals(type)) {
      assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(line)).as(line).isEmpty();
      line = console.hear();
    }
    assertThat(line).as(type).isNotNull();
    assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(line)).as(line).isEmpty();
    return line;
  }

  @Test
  @ShowsLimit("work handed to a process outside of the run")
  void aProgramAnswersAndTheAnswerStays() throws Exception {
    try (Listener listener = new Listener();
        Dialog target = run()) {
      assertThat(target.say("pid")).matches("\\d+");
      try (Dialog console = tool.talk("console", "--json", "--events", "all")) {
        assertThat(type(hear(console, "run"))).isEqualTo("run");
        String step = "connect 127.0.0.1 " + listener.port();
        CompletableFuture<String> connected =
            CompletableFuture.supplyAsync(() -> said(target, step));
        String question = hear(console, "question");
        assertThat(Json.text(question, "event")).isEqualTo("connect");
        assertThat(Json.text(question, "address")).isEqualTo("127.0.0.1");
        assertThat(Json.text(question, "standing")).isEqualTo("new");
        assertThat(connected).isNotDone();

        assertThat(console.say("{\"question\":1,\"answer\":\"perhaps\"}"))
            .isEqualTo(
                "{\"type\":\"error\",\"at\":\"stdin:1:24\",\"error\":\"unknown answer `perhaps`:"
                    + " expected allow, deny, dismiss, deny-rest, pin, take-back, hold or details\"}");
        String first =
            console.say(
                "{\"question\":1,\"answer\":\"allow\",\"scope\":\"host\",\"term\":\"always\"}");
        List<String> lines = new ArrayList<>(List.of(first));
        String last = first;
        while (!type(last).equals("answered")) {
          last = console.hear();
          lines.add(last);
        }
        JsonSchemas.CONSOLE_OUTPUT.check(lines);
        List<String> types = lines.stream().map(ConsoleIT::type).toList();
        assertThat(types).contains("settled", "event");
        assertThat(Json.text(last, "accepted")).isEqualTo("true");
        assertThat(Json.text(last, "text")).startsWith("saved as rule ");
        assertThat(connected.get()).startsWith("connected");
        assertThat(said(target, step)).startsWith("connected");

        assertThat(target.end()).isZero();
        String line = console.hear();
        while (line != null) {
          assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(line)).as(line).isEmpty();
          line = console.hear();
        }
        assertThat(console.await()).isZero();
      }
      assertThat(target.err())
          .contains("a question waits: run `appaware console` in another terminal to answer it");
      assertThat(Files.readString(directory.resolve("p.toml")))
          .contains("[[rule]]", "address = \"127.0.0.1\"");
      Result recent = tool.run("policy", "list", "-p", "p.toml", "--recent");
      assertThat(recent.out().lines().toList())
          .hasSize(2)
          .last()
          .asString()
          .contains(System.getProperty("user.name"), "connect tcp to 127.0.0.1:");
      String id = recent.out().lines().toList().get(1).split(" ", 2)[0];
      assertThat(tool.run("policy", "remove", "-p", "p.toml", id).status()).isZero();
      assertThat(Files.readString(directory.resolve("p.toml"))).doesNotContain("[[rule]]");
    }
  }

  private static String said(Dialog target, String step) {
    try {
      return target.say(step);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void anEndedInputEndsAConsoleAfterItsLastAnswer() throws Exception {
    try (Dialog target = run()) {
      assertThat(target.say("pid")).matches("\\d+");
      Result result =
          Tool.run(
              tool.builder("console", "--json", "--events", "none"),
              "{\"question\":9,\"answer\":\"deny\"}\n");

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.out().lines().toList())
          .last()
          .isEqualTo(
              "{\"type\":\"answered\",\"line\":1,\"question\":9,\"accepted\":false,"
                  + "\"text\":\"the question is closed already\"}");
    }
  }

  @Test
  void whichRunIsMeantMustBeClear() throws Exception {
    Result none = tool.run("console", "--json");
    assertThat(none.status()).isEqualTo(125);
    assertThat(none.err().lines())
        .containsExactly(
            "appaware: no run to attach to",
            "  help: start one: appaware run -- java -jar app.jar");

    try (Dialog one = run();
        Dialog two = run()) {
      String pid = one.say("pid");
      assertThat(two.say("pid")).matches("\\d+");
      Result several = tool.run("console", "--json");
      assertThat(several.status()).isEqualTo(125);
      assertThat(several.err())
          .matches(
              "appaware: several runs: [0-9a-f]{8} \\(steps.jar\\), [0-9a-f]{8}"
                  + " \\(steps.jar\\)\n  help: name one with `--run NAME`\n");
      Result wrong = tool.run("console", "--json", "--run", "nope");
      assertThat(wrong.err()).startsWith("appaware: no run `nope`; running: ");

      Result byPid = Tool.run(tool.builder("console", "--json", "--run", pid), "");
      assertThat(byPid.status()).as(byPid.err()).isZero();
      String name = Json.text(byPid.out().lines().findFirst().orElseThrow(), "run");
      Result byName = Tool.run(tool.builder("console", "--json", "--run", name), "");
      assertThat(byName.out().lines().findFirst())
          .hasValueSatisfying(line -> assertThat(Json.text(line, "run")).isEqualTo(name));
    }
  }

  @Test
  void atATerminalOneOfSeveralRunsIsChosen() throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nask-timeout = '20s'\n");
    try (Dialog one = run();
        Dialog two = run()) {
      String pid = one.say("pid");
      String other = two.say("pid");
      try (Pty pty = new Pty(tool, directory, Tool.SCRIPT + " console")) {
        pty.await("which one? (1 to 2, Ctrl-C leaves)");
        assertThat(pty.screen()).contains("COMMAND", pid, other, "steps.jar");
        pty.type("3\r");
        pty.awaitThat("the same again", shown -> shown.screen().split("which one", -1).length == 3);
        String chosen =
            pty.screen().lines().filter(line -> line.startsWith("1 ")).findFirst().get();
        pty.type("1\r");
        pty.awaitTold("questions are shown here; Ctrl-C leaves the console");
        Dialog target = chosen.contains(pid) ? one : two;
        CompletableFuture<String> said =
            CompletableFuture.supplyAsync(() -> said(target, "connect 127.0.0.1 1"));
        pty.awaitQuestion("connect tcp to 127.0.0.1:1");
        pty.type(Pty.CTRL_C);
        assertThat(said.get()).as("no one is left to ask").contains("denied");
      }
    }
  }

  /** What could not be seen must not become a command of the shell either. */
  @Test
  void whatIsTypedWhileThereIsNoQuestionShowsNowhereAndIsGone() throws Exception {
    try (Dialog target = run()) {
      String pid = target.say("pid");
      assertThat(pid).matches("\\d+");
      String line = "trap : INT; " + Tool.SCRIPT + " console; cat; true";
      try (Pty pty = new Pty(tool, directory, line)) {
        pty.awaitTold("questions are shown here; Ctrl-C leaves the console");
        Await.until(() -> pty.modes().contains(" -echo "));
        pty.type("secret\rtyped blindly\r");
        CompletableFuture<String> said =
            CompletableFuture.supplyAsync(() -> said(target, "connect 127.0.0.1 1"));
        pty.awaitQuestion("connect tcp to 127.0.0.1:1");
        pty.type("a");
        assertThat(said.get()).contains("refused");
        pty.awaitTold("allowed once: connect tcp to 127.0.0.1:1");
        Await.until(() -> pty.modes().contains(" -echo "));
        pty.type("more\rlines\r");
        pty.type(Pty.CTRL_C);
        Await.until(() -> pty.modes().contains(" echo "));
        pty.type("seen\r");
        pty.awaitThat("cat's copy", shown -> shown.all().split("seen", -1).length == 3);
        pty.type("\u0004");
        assertThat(pty.end()).isZero();
        assertThat(pty.all()).doesNotContain("secret", "blindly", "more", "lines");
        assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
      }
      assertThat(target.end()).isZero();
    }
  }

  @Test
  void aStoppedConsoleLeavesTheTerminalToTheShell() throws Exception {
    try (Dialog target = run()) {
      assertThat(target.say("pid")).matches("\\d+");
      String line = "set -m; " + Tool.SCRIPT + " console; stty -a >stopped; fg; true";
      try (Pty pty = new Pty(tool, directory, line)) {
        pty.awaitTold("questions are shown here; Ctrl-C leaves the console");
        Await.until(() -> pty.modes().contains(" -echo "));
        pty.type(Pty.CTRL_Z);
        Await.until(() -> Files.exists(directory.resolve("stopped")));
        Await.until(() -> pty.modes().contains(" -echo "));
        CompletableFuture<String> said =
            CompletableFuture.supplyAsync(() -> said(target, "connect 127.0.0.1 1"));
        pty.awaitQuestion("connect tcp to 127.0.0.1:1");
        pty.type("a");
        assertThat(said.get()).contains("refused");
        assertThat(target.end()).isZero();
        assertThat(pty.end()).isZero();
        assertThat(Files.readString(directory.resolve("stopped"))).isEqualTo(pty.modesBefore());
        assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
      }
    }
  }

  @Test
  void aProgramCannotBeAConsoleOfItsOwnRun() throws Exception {
    Path impostor = Programs.jar(directory.resolve("impostor.jar"), Impostor.class);
    Files.writeString(directory.resolve("all.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    for (List<String> arguments : List.of(List.<String>of(), List.of("child"))) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "run",
                  "-q",
                  "-p",
                  "all.toml",
                  "--",
                  Jdk.running().java(),
                  "-jar",
                  impostor.toString()));
      command.addAll(arguments);
      Result result = tool.run(command.toArray(String[]::new));

      List<String> lines = new ArrayList<>(Collections.nCopies(4, DENIED));
      lines.add(0, "key of 64");
      lines.addAll(List.of("own true", DENIED));
      assertThat(result.out().lines()).as(result.err()).containsExactlyElementsOf(lines);
    }
  }
}
