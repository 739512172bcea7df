package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens during a question: the terminal is as it was, and nothing was allowed. */
@ExtendWith(ToolExtension.class)
class PromptTerminalIT {
  /** A shell that itself does not end by Ctrl-C, as a person's does not. */
  private static final String INTERACTIVE = "trap : INT; ";

  private static final String OPTIONS = "-p p.toml";

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    PromptRun.prepare(directory, "one.example");
    policy(30);
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void policy(int seconds) throws IOException {
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        ask-timeout = '%ds'
        [[rule]]
        action = 'allow'
        event = 'resolve'
        """
            .formatted(seconds));
  }

  private PromptRun run(String before) throws Exception {
    return new PromptRun(tool, directory, before, OPTIONS);
  }

  private void ask(PromptRun run) throws Exception {
    run.tell("one connect one.example " + listener.port());
    run.pty.awaitQuestion("connect tcp to one.example:" + listener.port());
    assertThat(run.pty.modes()).isNotEqualTo(run.pty.modesBefore());
  }

  private String denied(String why) {
    return "one ConnectException: appaware: connect tcp to one.example:"
        + listener.port()
        + " denied "
        + why;
  }

  /** The launcher, and its two children: the target, and the server. */
  private static ProcessHandle process(PromptRun run, String which) {
    ProcessHandle launcher =
        run.pty
            .process()
            .descendants()
            .filter(each -> hasWord(each, "appaware.jar run"))
            .findFirst()
            .orElseThrow();
    return which.equals("launcher")
        ? launcher
        : launcher
            .children()
            .filter(each -> hasWord(each, "/java"))
            .filter(each -> hasWord(each, "crowd.jar") == which.equals("target"))
            .findFirst()
            .orElseThrow();
  }

  private static boolean hasWord(ProcessHandle process, String word) {
    return process.info().commandLine().orElse("").contains(word);
  }

  /** The same keys, the same program, without appaware: the same status, the same terminal. */
  @Test
  void ctrlCEndsTheTargetAsWithoutAppaware() throws Exception {
    int without;
    try (Pty pty = new Pty(tool, directory, INTERACTIVE + PromptRun.java())) {
      pty.type("one print ready\n");
      pty.awaitTold("\none");
      pty.type(Pty.CTRL_C);
      without = pty.end();
    }
    assertThat(without).isEqualTo(130);
    try (PromptRun run = run(INTERACTIVE)) {
      ask(run);
      run.pty.type(Pty.CTRL_C);
      assertThat(run.pty.end()).isEqualTo(without);
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
      assertThat(run.pty.screen()).doesNotContain("appaware asks");
    }
    assertThat(listener.connections()).isZero();
    assertThat(tool.left()).isEmpty();
  }

  /** The shell gets the terminal back as it was; {@code fg} brings the question back. */
  @Test
  void ctrlZStopsTheRunAndTheQuestionIsThereAgainAfterwards() throws Exception {
    try (PromptRun run =
        new PromptRun(
            tool, directory, "set -m; ", OPTIONS, "; echo stopped $?; stty -a >stopped; fg")) {
      ask(run);
      run.pty.type(Pty.CTRL_Z);
      run.pty.awaitThat(
          "the shell, then the question again",
          pty ->
              pty.all().contains("stopped 1")
                  && pty.all().lastIndexOf("appaware asks") > pty.all().indexOf("stopped 1"));
      run.pty.awaitQuestion("one.example");
      assertThat(Files.readString(directory.resolve("stopped"))).isEqualTo(run.pty.modesBefore());
      run.pty.type("a");
      assertThat(run.hear()).isEqualTo("one connected " + listener.port());
      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"launcher", "server", "target"})
  void whoeverIsKilledTheTerminalIsSaneAndNothingConnects(String which) throws Exception {
    // The shell stays a while, as a person's does.
    try (PromptRun run = run("trap 'while [ ! -e over ]; do sleep 0.1; done' EXIT; ")) {
      ask(run);
      ProcessHandle target = process(run, "target");
      process(run, which).destroyForcibly();
      Await.within(Duration.ofSeconds(5), () -> !target.isAlive());
      Await.until(() -> run.pty.modes().equals(run.pty.modesBefore()));
      Files.createFile(directory.resolve("over"));
      assertThat(run.pty.end()).isEqualTo(which.equals("server") ? 125 : 137);
    }
    assertThat(listener.connections()).isZero();
  }

  /** Programs take their time to end, or do something else by a signal. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
  void aSignalGivesTheTerminalBackAtOnce(String signal, int status) throws Exception {
    try (PromptRun run = run(INTERACTIVE)) {
      assertThat(run.say("hold hold end")).isEqualTo("hold registered");
      ask(run);
      ProcessHandle target = process(run, "target");
      long launcher = process(run, "launcher").pid();
      if (signal.equals("INT")) {
        run.pty.type(Pty.CTRL_C);
      } else {
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + launcher).start().waitFor();
      }
      Await.until(() -> run.pty.modes().equals(run.pty.modesBefore()));
      run.pty.await("appaware: denied because the policy says ask and there is no one to ask: ");
      assertThat(run.pty.screen()).doesNotContain("appaware asks");
      assertThat(target.isAlive()).isTrue();
      Files.createFile(directory.resolve("end"));
      assertThat(run.pty.end()).isEqualTo(status);
    }
    assertThat(listener.connections()).isZero();
  }

  @Test
  void whenTheTerminalIsGoneTheQuestionIsDeniedAndTheProgramGoesOn() throws Exception {
    try (PromptRun run = run("trap '' HUP; ")) {
      ask(run);
      long start = System.nanoTime();
      run.pty.hangUp();
      assertThat(run.hear()).startsWith(denied(""));
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
      assertThat(run.say("one connect one.example " + listener.port())).startsWith(denied(""));
    }
    assertThat(listener.connections()).isZero();
  }

  @Test
  void whatNobodyAnswersIsDeniedInTime() throws Exception {
    policy(2);
    try (PromptRun run = run("")) {
      long start = System.nanoTime();
      run.tell("one connect one.example " + listener.port());
      run.pty.await("denied in 2 s --");
      run.pty.await("denied in 1 s --");
      assertThat(run.hear()).isEqualTo(denied("because no one answered in time"));
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_900));
      run.pty.await("appaware: denied because no one answered in time: connect tcp to one.example");
      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
    }
    assertThat(listener.connections()).isZero();
  }

  @Test
  void theQuestionFollowsTheSizeOfTheWindow() throws Exception {
    try (PromptRun run = run("")) {
      ask(run);
      run.pty.resize(60, 16);
      run.pty.await("-- appaware asks -------------------------");
      run.pty.awaitThat(
          "lines of 60 columns", pty -> pty.screen().lines().allMatch(line -> line.length() <= 60));
      run.pty.awaitQuestion("one.example");
      run.pty.type("?");
      run.pty.await("lines 1 to 10 of");
      run.pty.type(Pty.DOWN + Pty.DOWN + Pty.UP);
      run.pty.await("lines 2 to 11 of");
      run.pty.type(Pty.ESCAPE);
      run.pty.resize(120, 30);
      run.pty.awaitQuestion("one.example");
      run.pty.type("a");
      assertThat(run.hear()).isEqualTo("one connected " + listener.port());
      assertThat(run.end()).isZero();
    }
  }

  @Test
  void aProgramThatReadsTheTerminalGetsWhatIsTypedAfterTheQuestion() throws Exception {
    try (PromptRun run = run("")) {
      assertThat(run.say("first print hello")).isEqualTo("first ");
      run.tell("two read");
      long target = process(run, "target").pid();
      Await.until(() -> reads(target));
      ask(run);
      assertThat(Files.readString(Path.of("/proc/" + target + "/stat"))).contains(") T ");
      run.pty.type("a");
      run.pty.await("allowed once");
      assertThat(run.hear()).isEqualTo("one connected " + listener.port());
      run.pty.type("for the program\r");
      assertThat(run.hear()).isEqualTo("two for the program");
      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
    }
  }

  /** proc(5): a thread that waits in a read, which is system call 0, of the terminal. */
  private static boolean reads(long pid) throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        if (readsTerminal(thread)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean readsTerminal(Path thread) {
    try {
      String[] call = Files.readString(thread.resolve("syscall")).split(" ", -1);
      return call[0].equals("0")
          && Files.readSymbolicLink(thread.resolve("fd/" + Integer.decode(call[1])))
              .equals(Path.of("/dev/tty"));
    } catch (IOException e) {
      return false; // the thread has ended meanwhile: no such file, or no such process
    }
  }

  @Test
  void aProgramThatFillsTheScreenHasItBackAfterwards() throws Exception {
    try (PromptRun run = run("")) {
      assertThat(run.say("two full")).isEqualTo("two status 0");
      String taken = run.pty.modes();
      ask(run);
      assertThat(run.pty.screen()).doesNotContain("full screen");
      run.pty.type("a");
      assertThat(run.hear()).isEqualTo("one connected " + listener.port());
      Await.until(() -> run.pty.modes().equals(taken));
      assertThat(run.say("two plain")).isEqualTo("two status 0");
      assertThat(run.end()).isZero();
    }
  }
}
