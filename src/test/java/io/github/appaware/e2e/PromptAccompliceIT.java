package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.LineEditor;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tmux;
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

/** Other processes of the run, and the program itself when it comes back, during a question. */
@ExtendWith(ToolExtension.class)
class PromptAccompliceIT {
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

  /** The accomplice has left session and terminal, and acts when a file is there. */
  private String line(String act) throws IOException {
    Files.writeString(
        directory.resolve("accomplice.sh"),
        "echo $$ >accomplice; until [ -e asked ]; do sleep 0.05; done; " + act + "; : >done\n");
    Files.writeString(
        directory.resolve("program.sh"),
        "setsid sh accomplice.sh </dev/null >/dev/null 2>&1 &\n"
            + "exec %s -jar editor.jar %d line\n".formatted(Jdk.running().java(), listener.port()));
    return Tool.SCRIPT + " run -p p.toml -- sh program.sh";
  }

  private boolean is(String file) {
    return Files.exists(directory.resolve(file));
  }

  private void make(String file) throws IOException {
    Files.createFile(directory.resolve(file));
  }

  @Test
  void aProcessOfAnotherSessionWritesNothingByTheTerminalsName() throws Exception {
    try (Pty pty = new Pty(tool, directory, line("echo IMITATION >$(cat tty)"))) {
      pty.await("first>");
      Await.until(() -> is("accomplice"));
      make("go");
      pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
      make("asked");
      pty.await("denied in 118 s");
      assertThat(pty.screen()).doesNotContain("IMITATION");
      pty.type("a");
      Await.until(() -> is("outcome"));
      pty.awaitTold("IMITATION"); // what it does is only late
      pty.type("line\r");
      pty.awaitTold("got <line>");
      pty.type("more\r");
      assertThat(pty.end()).isZero();
    }
    Await.until(() -> listener.connections() == 1);
  }

  @Test
  void noProcessOfTheRunHasTmuxTypeAnAnswer() throws Exception {
    assumeTrue(Tmux.exists(), "there is no tmux");
    try (Tmux tmux = new Tmux(tool, directory, line("tmux -S t send-keys a"))) {
      tmux.await("first>");
      Await.until(() -> is("accomplice"));
      make("go");
      tmux.await("[D] deny all the rest");
      make("asked");
      tmux.await("denied in 118 s");
      assertThat(tmux.screen()).contains("[D] deny all the rest");
      assertThat(is("done")).isFalse();
      tmux.type("d");
      Await.until(() -> is("outcome"));
      assertThat(Files.readString(directory.resolve("outcome"))).isEqualTo("ConnectException");
    }
    assertThat(listener.connections()).isZero();
  }

  private Pty asked() throws Exception {
    Pty pty = new Pty(tool, directory, line(":"));
    pty.await("first>");
    make("go");
    pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
    return pty;
  }

  private static ProcessHandle program(Pty pty) {
    return pty.process()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains("editor.jar"))
        .findFirst()
        .orElseThrow();
  }

  private static char state(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
  }

  /** As by a timer of its own: it is stopped again, and the question is whole. */
  @Test
  void aProgramThatGoesOnIsStoppedAgain() throws Exception {
    try (Pty pty = asked()) {
      ProcessHandle program = program(pty);
      signal("CONT", program);
      signal("STOP", program);
      signal("CONT", program);
      Await.until(() -> state(program) == 'T');
      pty.awaitQuestion("connect tcp to 127.0.0.1:" + listener.port());
      Await.past(Pty.LOOK);
      pty.awaitThat("an answer", each -> answered(each, "a"));
      assertThat(Files.readString(directory.resolve("outcome"))).startsWith("connected");
    }
    Await.until(() -> listener.connections() == 1);
  }

  /** A key that is pressed while the program went on does not count, so a person presses again. */
  private boolean answered(Pty pty, String key) {
    try {
      for (int i = 0; i < 5 && !is("outcome"); i++) {
        pty.type(key);
        Await.past(Pty.LOOK.multipliedBy(2));
      }
    } catch (IOException e) {
      return false;
    }
    return is("outcome");
  }

  @Test
  void aProgramThatGoesOnAgainAndAgainIsNotAskedAbout() throws Exception {
    try (Pty pty = asked()) {
      ProcessHandle program = program(pty);
      Await.until(
          () -> {
            signal("CONT", program);
            return is("outcome");
          });
      assertThat(Files.readString(directory.resolve("outcome"))).isEqualTo("ConnectException");
      pty.awaitTold("the question can't be asked on this terminal, as the program keeps running");
    }
    assertThat(listener.connections()).isZero();
  }
}
