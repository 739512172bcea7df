package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.TerminalAttacks;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.TerminalBytes;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a program writes to the terminal, before a question and while it is asked: it changes
 * neither question nor answer, and what it reads next is what was typed after the answer.
 */
@ExtendWith(ToolExtension.class)
class TerminalAttackIT {
  private static final int QUESTIONS = 6;
  private static final int RANDOM = 300;

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    Programs.jar(directory.resolve("attacks.jar"), TerminalAttacks.class);
    Files.writeString(directory.resolve("p.toml"), "version = 1\n");
    List<String> sequences = new ArrayList<>();
    TerminalBytes.chosen().forEach(chosen -> sequences.add(chosen.bytes()));
    Random chance = new Random(11);
    for (int i = 0; i < RANDOM; i++) {
      sequences.add(TerminalBytes.random(chance));
    }
    List<String> lines =
        sequences.stream()
            .map(text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1)))
            .toList();
    Files.write(directory.resolve("sequences"), lines);
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Pty start(String where, int questions) throws IOException {
    String streams = where.equals("tty") ? " >/dev/null 2>&1" : "";
    return new Pty(
        tool,
        directory,
        "%s run -p p.toml -- %s -jar attacks.jar %d sequences %d %s%s"
            .formatted(
                Tool.SCRIPT, Jdk.running().java(), listener.port(), questions, where, streams));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdout", "tty"})
  void nothingThatAProgramWritesAnswersOrHidesAQuestion(String where) throws Exception {
    try (Pty pty = start(where, QUESTIONS)) {
      for (int i = 0; i < QUESTIONS; i++) {
        pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
        String question = last(pty);
        pty.look();
        assertThat(last(pty)).as("nothing behind it").isEqualTo(question).endsWith("\n >");
        pty.type(i % 2 == 0 ? "d" : "a");
        String outcome =
            i + (i % 2 == 0 ? " ConnectException" : " connected to " + listener.port());
        pty.awaitThat(outcome, each -> each.raw().contains(outcome));
        pty.awaitNone();
        pty.type("typed " + i + "\r");
        String read = i + " read <typed " + i + ">";
        pty.awaitThat(read, each -> each.raw().contains(read)); // what follows may clear the screen
      }
      assertThat(pty.end()).isZero();
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
    }
    Await.until(() -> listener.connections() == QUESTIONS / 2);
  }

  /** The last question, without the time that is left. */
  private static String last(Pty pty) {
    String screen = pty.screen();
    return screen
        .substring(screen.lastIndexOf("-- appaware asks"))
        .replaceAll("denied in \\d+ s", "denied in time");
  }

  /** It is killed, and so is the launcher's place: who was stopped does not stay so. */
  @Test
  void aKilledLauncherLeavesNoStoppedProcess() throws Exception {
    try (Pty pty = start("stdout", 1)) {
      pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
      ProcessHandle target = process(pty, "attacks.jar");
      Await.until(() -> state(target) == 'T');
      process(pty, "appaware.jar run").destroyForcibly();
      Await.until(() -> !target.isAlive());
    }
    assertThat(listener.connections()).isZero();
  }

  @Test
  void anotherConsoleAnswersAPausedProgram() throws Exception {
    try (Pty pty = start("stdout", 1)) {
      pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
      ProcessBuilder console = tool.builder("console", "--json");
      try (Tool.Dialog other = new Tool.Dialog(console)) {
        String line = other.hear();
        while (!line.contains("\"question\"")) {
          line = other.hear();
        }
        String id = line.replaceFirst(".*\"question\":(\\d+).*", "$1");
        other.tell("{\"question\":" + id + ",\"answer\":\"allow\"}");
        pty.await("0 connected to " + listener.port());
        pty.awaitNone();
        pty.type("mine\r");
        pty.await("0 read <mine>");
        assertThat(pty.end()).isZero();
      }
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
    }
  }

  private static ProcessHandle process(Pty pty, String word) {
    return pty.process()
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .filter(each -> each.info().commandLine().orElse("").contains(word))
        .filter(each -> word.endsWith(" run") || isTarget(each))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTarget(ProcessHandle process) {
    return !process.info().commandLine().orElse("").contains("appaware.jar run");
  }

  private static char state(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
