package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.LineEditor;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A question in the middle of a line that is typed for an interactive program. */
@ExtendWith(ToolExtension.class)
class PromptTypingIT {
  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    Programs.jar(directory.resolve("editor.jar"), LineEditor.class);
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
        "%s run -p p.toml -- %s -jar editor.jar %d %s"
            .formatted(Tool.SCRIPT, Jdk.running().java(), listener.port(), how));
  }

  private void answerAQuestion(Pty pty) throws Exception {
    Files.createFile(directory.resolve("go"));
    pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
    pty.type("a");
    Await.until(() -> Files.exists(directory.resolve("outcome")));
    pty.awaitNone();
  }

  /** It has read them already, and shows them itself. */
  @Test
  void aProgramThatReadsKeysKeepsItsLine() throws Exception {
    try (Pty pty = start("keys")) {
      pty.await("first>");
      String modes = pty.modes();
      pty.type("selekt\u007f\u007fct ");
      pty.await("first> select");
      answerAQuestion(pty);
      pty.await("first> select \nappaware: allowed once: connect");
      Await.until(() -> pty.modes().equals(modes));
      pty.type("*\u007f1\r");
      pty.awaitTold("got <select 1>");
      pty.type("more\r");
      pty.awaitTold("got <more>");
      assertThat(pty.end()).isZero();
    }
    Await.until(() -> listener.connections() == 1);
  }

  /** The half line was the terminal's: it can't be given back, and is told to be gone. */
  @Test
  void aProgramThatReadsLinesGetsThoseThatAreTypedAfterwards() throws Exception {
    try (Pty pty = start("line")) {
      pty.await("first>");
      pty.type("sel");
      pty.await("first> sel");
      answerAQuestion(pty);
      pty.awaitTold(
          "appaware: what was typed before the question (3 keys) was discarded: type it again");
      pty.type("select 1\r");
      pty.awaitTold("got <select 1>");
      pty.type("more\r");
      pty.awaitTold("got <more>");
      assertThat(pty.end()).isZero();
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
    }
  }

  @Test
  void withoutHalfALineNothingIsSaidOfIt() throws Exception {
    try (Pty pty = start("line")) {
      pty.await("first>");
      pty.type("whole\r");
      pty.awaitTold("read");
      answerAQuestion(pty);
      pty.type("more\r");
      pty.awaitTold("got <more>");
      assertThat(pty.end()).isZero();
      assertThat(pty.all()).doesNotContain("discarded").contains("got <whole>");
    }
  }
}
