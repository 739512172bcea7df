package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Talker;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that knows nothing of questions reads what was typed, and keeps what it printed. */
@ExtendWith(ToolExtension.class)
class PromptReturnIT {
  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    Programs.jar(directory.resolve("talker.jar"), Talker.class);
    Files.writeString(directory.resolve("p.toml"), "version = 1\n");
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Pty start(String how) throws IOException {
    return new Pty(
        tool,
        directory,
        "trap : INT; %s run -p p.toml -- %s -jar talker.jar %d %s"
            .formatted(Tool.SCRIPT, Jdk.running().java(), listener.port(), how));
  }

  private String asked() {
    return "connect tcp to 127.0.0.1:" + listener.port();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "d", "\r", "r"})
  void aProgramReadsTheLineThatWasTypedAndKeepsItsOwn(String key) throws Exception {
    try (Pty pty = start("lines")) {
      pty.type("first\r");
      pty.awaitQuestion(asked());
      pty.type(key);
      pty.awaitTold("appaware: ");
      pty.type("second\r");
      pty.awaitTold("2 <");
      assertThat(pty.end()).isZero();
      assertThat(pty.all())
          .containsPattern("1 <first>\nlast but one\nlast\nappaware: (allowed|denied) ")
          .contains("\n2 <second>\n")
          .doesNotContain("[6;", "appaware asks");
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
    }
  }

  /** They were read with the answer, and no system call gives them back. */
  @Test
  void keysThatComeWithTheAnswerAreSaidToBeGone() throws Exception {
    try (Pty pty = start("lines")) {
      pty.type("first\r");
      pty.awaitQuestion(asked());
      pty.type("asecond");
      pty.awaitTold(
          "appaware: what was typed right after the answer (6 keys) was discarded: type it again");
      pty.type("third\r");
      pty.awaitTold("2 <third>");
      assertThat(pty.end()).isZero();
    }
  }

  @Test
  void aChattyProgramNeitherMovesNorMultipliesTheQuestion() throws Exception {
    try (Pty pty = start("chatty")) {
      pty.awaitQuestion(asked());
      String before = pty.screen().replaceAll("denied in \\d+ s", "");
      int ticks = ticks(pty).size();
      pty.await("denied in 117 s"); // it would have printed a dozen lines
      pty.awaitThat(
          "the same screen",
          each -> each.screen().replaceAll("denied in \\d+ s", "").equals(before));
      pty.type("a");
      pty.awaitTold("tick " + (ticks + 60)); // they fill the screen, and scroll
      Files.createFile(directory.resolve("enough"));
      assertThat(pty.end()).isZero();
      List<String> all = ticks(pty);
      assertThat(all).isEqualTo(IntStream.rangeClosed(1, all.size()).mapToObj(this::tick).toList());
      assertThat(pty.all()).doesNotContain("appaware asks", "[D] deny all");
    }
  }

  private String tick(int number) {
    return "tick " + number;
  }

  private static List<String> ticks(Pty pty) {
    return pty.all().lines().filter(line -> line.startsWith("tick ")).toList();
  }

  @Test
  void whatEndsAfterCtrlCAsksNothingAnyMore() throws Exception {
    try (Pty pty = start("hooks")) {
      pty.awaitQuestion(asked());
      pty.type(Pty.CTRL_C);
      pty.awaitNone();
      int before = pty.raw().length();
      pty.awaitThat(
          "three hooks", each -> each.all().split("hook ConnectException", -1).length == 4);
      assertThat(pty.end()).isEqualTo(130);
      assertThat(pty.raw().substring(before)).doesNotContain("appaware asks");
      assertThat(pty.all())
          .containsOnlyOnce("no one to ask: events that the policy does not decide are denied");
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
    }
    assertThat(listener.connections()).isZero();
  }
}
