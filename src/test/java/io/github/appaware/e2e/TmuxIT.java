package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.EarlyAsker;
import io.github.appaware.target.LineEditor;
import io.github.appaware.target.TerminalAttacks;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.TerminalBytes;
import io.github.appaware.testkit.Tmux;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Under tmux, which answers what programs ask a terminal. */
@ExtendWith(ToolExtension.class)
class TmuxIT {
  private static final int QUESTIONS = 6;

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Tmux.exists(), "there is no tmux");
    // For a busy machine; the first question of a run has two minutes in any case.
    Files.writeString(
        directory.resolve("p.toml"), "version = 1\n[default]\nask-timeout = \"120s\"\n");
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    if (listener != null) {
      listener.close();
    }
  }

  private static String hex(String bytes) {
    return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String run(String program) {
    return "%s run -p p.toml -- %s".formatted(Tool.SCRIPT, program);
  }

  private void attacks() throws IOException {
    Programs.jar(directory.resolve("attacks.jar"), TerminalAttacks.class);
    List<String> sequences =
        TerminalBytes.chosen().stream().map(chosen -> hex(chosen.bytes())).toList();
    Files.write(directory.resolve("sequences"), sequences);
  }

  @Test
  void noAnswerOfTheTerminalAnswersAQuestion() throws Exception {
    attacks();
    String program =
        "%s -jar attacks.jar %d sequences %d stdout"
            .formatted(Jdk.running().java(), listener.port(), QUESTIONS);
    try (Tmux tmux = new Tmux(tool, directory, run(program))) {
      for (int i = 0; i < QUESTIONS; i++) {
        tmux.await("[D] deny all the rest");
        tmux.awaitCountdown(118); // no key is pressed for that long, and nothing happens
        assertThat(tmux.screen()).contains("connect tcp to 127.0.0.1:" + listener.port());
        assertThat(tmux.raw()).doesNotContain("\n" + i + " connect", i + " ConnectException");
        tmux.type(i % 2 == 0 ? "d" : "a");
        tmux.awaitWritten(i % 2 == 0 ? i + " ConnectException" : i + " connected to");
        tmux.type("typed " + i + "\r");
        tmux.awaitWritten(i + " read <typed " + i + ">");
      }
      assertThat(tmux.end()).isZero();
      assertThat(Files.readString(directory.resolve("after")))
          .isEqualTo(Files.readString(directory.resolve("before")));
    }
    Await.until(() -> listener.connections() == QUESTIONS / 2);
  }

  /** Colours that it sets and asks for, device, version, modes: answered to the program alone. */
  @Test
  void afterwardsTheProgramReadsWhatItReadsWithoutAppaware() throws Exception {
    Programs.jar(directory.resolve("editor.jar"), LineEditor.class);
    String queries =
        hex("\u001b]11;#aaaaaa\u0007\u001b]11;?\u0007\u001b[c\u001b[>c\u001b[>q\u001b[?1000$p");
    String program =
        "%s -jar editor.jar %d keys %s".formatted(Jdk.running().java(), listener.port(), queries);
    String plain = talk(program, false);
    assertThat(plain).contains("rgb:aaaa/aaaa/aaaa", "<27>[");
    assertThat(talk(run(program), true)).isEqualTo(plain);
  }

  /** The replies came before the question, or with it, and were read for it. */
  @Test
  void whatItAskedBeforeTheQuestionItReadsAfterTheAnswer() throws Exception {
    Programs.jar(directory.resolve("asker.jar"), EarlyAsker.class);
    String queries =
        hex(
            "\u001b]11;#aaaaaa\u0007\u001b]11;?\u0007\u001b[c\u001b[>c\u001b[>q\u001b[?1000$p\u001b[5n");
    String program =
        "%s -jar asker.jar %d %s".formatted(Jdk.running().java(), listener.port(), queries);
    String plain = early(program, false);
    assertThat(plain).contains("rgb:aaaa/aaaa/aaaa", "<27>[0nmine");
    for (int i = 0; i < 3; i++) {
      assertThat(early(run(program), true)).isEqualTo(plain);
    }
  }

  /** What the program read. */
  private String early(String line, boolean asked) throws Exception {
    for (String file : List.of("raw", "status")) {
      Files.deleteIfExists(directory.resolve(file));
    }
    try (Tmux tmux = new Tmux(tool, directory, line)) {
      if (asked) {
        tmux.await("[D] deny all the rest");
        Await.past(Pty.LOOK);
        tmux.type("a");
      }
      tmux.await("connected to " + listener.port());
      tmux.type("mine\r");
      tmux.awaitWritten("mine>\r");
      assertThat(tmux.end()).isZero();
      String raw = tmux.raw();
      int at = raw.indexOf("got <");
      return raw.substring(at, raw.indexOf(">\r", at));
    }
  }

  /** What the program read, on its three lines. */
  private String talk(String line, boolean asked) throws Exception {
    for (String file : List.of("go", "raw", "status", "outcome")) {
      Files.deleteIfExists(directory.resolve(file));
    }
    try (Tmux tmux = new Tmux(tool, directory, line)) {
      tmux.await("first>");
      tmux.type("hel");
      tmux.await("first> hel");
      Files.createFile(directory.resolve("go"));
      if (asked) {
        tmux.await("[D] deny all the rest");
        Await.past(Pty.LOOK);
        tmux.type("a");
      }
      Await.until(() -> Files.exists(directory.resolve("outcome")));
      tmux.await("first> hel");
      tmux.type("lo\r");
      tmux.await("got <hello>");
      tmux.type("bye\r");
      tmux.await("third> asked");
      tmux.type("end\r");
      tmux.awaitWritten("\nover");
      assertThat(tmux.end()).isZero();
      String raw = tmux.raw();
      StringBuilder got = new StringBuilder();
      for (int at = raw.indexOf("got <"); at >= 0; at = raw.indexOf("got <", at + 1)) {
        got.append(raw, at, raw.indexOf(">\r", at) + 1).append('\n');
      }
      return got.toString();
    }
  }
}
