package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Script;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.Signals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link PromptMain} on a real pseudo-terminal: keys in, screen out. */
class PromptIT {
  private static final String SANE = "; stty -a | tr ';' '\\n' | tr ' ' '\\n' | grep -x '.*icanon'";

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void prepare() {
    assumeTrue(Script.exists(), "there is no `script`");
    log = directory.resolve("log.txt");
  }

  /** The command line; its standard streams lead elsewhere. */
  private String prompt(long millis, String child, String hosts) {
    String streams = child.equals("-") ? " </dev/null >streams.txt 2>&1" : "";
    return Path.of(System.getProperty("java.home"), "bin", "java")
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
        + Stream.of(PromptMain.class, Prompt.class, Signals.class)
            .map(PromptIT::place)
            .collect(Collectors.joining(":"))
        + " "
        + PromptMain.class.getName()
        + " log.txt "
        + millis
        + " '"
        + child
        + "' "
        + hosts
        + streams;
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> log() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** No key counts at first; that moment began before the question was seen here. */
  private static void look() {
    Await.past(Pty.LOOK);
  }

  private void make(String file) throws IOException {
    Files.createFile(directory.resolve(file));
  }

  private static String until(String file) {
    return "until [ -e " + file + " ]; do sleep 0.1; done; ";
  }

  @Test
  void questionsAreAnsweredWhereverTheStandardStreamsLead() throws Exception {
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, prompt(60_000, "-", "one.example two.example") + SANE)) {
      int at = terminal.await("connect tcp to one.example:443", 0);
      long shown = System.nanoTime() / 1_000_000;
      terminal.await("[D] deny all the rest", at);
      look();
      terminal.type("w");
      at = terminal.await("| action = 'allow'", at);
      terminal.type("\r");
      at = terminal.await("appaware: allowed always: connect tcp to one.example:443 - saved", at);
      at = terminal.await("connect tcp to two.example:443", at);
      look();
      terminal.type("\r");
      at = terminal.await("appaware: denied once: connect tcp to two.example:443", at);
      terminal.end();

      assertThat(terminal.seen().substring(at)).contains("icanon").doesNotContain("-icanon");
      long start = Long.parseLong(log().get(0).substring("start ".length()));
      assertThat(shown - start).as("milliseconds to the first question").isLessThan(3_000);
      assertThat(Files.size(directory.resolve("streams.txt"))).isZero();
    }
    assertThat(log()).filteredOn(line -> line.startsWith("Answer[")).hasSize(2);
  }

  @Test
  void whatWasTypedBeforeDoesNotAnswer() throws Exception {
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, until("typed") + prompt(60_000, "-", "one.example"))) {
      terminal.type("aaaa\raaaa");
      terminal.await("aaaa\r\naaaa", 0);
      make("typed");
      int at = terminal.await("[D] deny all the rest", 0);
      look();
      assertThat(log()).noneMatch(line -> line.startsWith("Answer["));
      terminal.type("d");
      terminal.await("denied once", at);
      terminal.end();
    }
  }

  @Test
  void ctrlCLeavesTheTerminalSane() throws Exception {
    String line = "trap : INT; " + prompt(60_000, "-", "one.example") + SANE;
    try (PseudoTerminal terminal = new PseudoTerminal(directory, line)) {
      int at = terminal.await("[D] deny all the rest", 0);
      terminal.type("\u0003");
      at = terminal.await("appaware: denied as nobody answered", at);
      terminal.end();
      assertThat(terminal.seen().substring(at)).contains("icanon").doesNotContain("-icanon");
    }
    assertThat(log()).contains("Attend[able=false]");
  }

  @Test
  void ctrlZGivesTheTerminalBackAndTheQuestionReturns() throws Exception {
    String line =
        "set -m; " + prompt(60_000, "-", "one.example") + "; echo sto''pped" + SANE + "; fg";
    try (PseudoTerminal terminal = new PseudoTerminal(directory, line)) {
      int at = terminal.await("[D] deny all the rest", 0);
      terminal.type("\u001a");
      at = terminal.await("stopped", at);
      int back = terminal.await("[D] deny all the rest", at);
      assertThat(terminal.seen().substring(at, back)).contains("icanon").doesNotContain("-icanon");
      look();
      terminal.type("d");
      terminal.await("denied once", back);
      terminal.end();
    }
  }

  @Test
  void aKilledPromptLeavesTheTerminalSane() throws Exception {
    try (PseudoTerminal terminal =
        new PseudoTerminal(
            directory,
            prompt(60_000, "-", "one.example")
                + "; until stty -a | grep -q ' icanon'; do sleep 0.1; done; echo o''ver"
                + SANE)) {
      terminal.await("[D] deny all the rest", 0);
      ProcessHandle.allProcesses()
          .filter(each -> runs(each, directory))
          .forEach(ProcessHandle::destroyForcibly);
      int at = terminal.await("over", 0);
      terminal.end();
      assertThat(terminal.seen().substring(at)).contains("icanon").doesNotContain("-icanon");
    }
  }

  private static boolean runs(ProcessHandle process, Path directory) {
    try {
      Path working = Path.of("/proc/" + process.pid() + "/cwd").toRealPath();
      return working.equals(directory.toRealPath())
          && process.info().command().orElse("").endsWith("/java");
    } catch (IOException e) {
      return false;
    }
  }

  /** As the kernel says: state T. */
  private boolean targetIsStopped() {
    return ProcessHandle.allProcesses().anyMatch(each -> isStopped(each, directory));
  }

  private static boolean isStopped(ProcessHandle process, Path directory) {
    try {
      Path self = Path.of("/proc/" + process.pid());
      return self.resolve("cwd").toRealPath().equals(directory.toRealPath())
          && Files.readString(self.resolve("stat")).replaceFirst(".*\\) ", "").startsWith("T");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aTargetThatReadsTheTerminalWaitsUntilTheQuestionIsAnswered() throws Exception {
    String child = ": >ready; read line; echo \"got <$line>\"";
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, prompt(60_000, child, "one.example"))) {
      int at = terminal.await("[D] deny all the rest", 0);
      look();
      terminal.type("a");
      at = terminal.await("allowed once", at);
      Await.until(() -> log().contains("closed")); // the terminal is the target's again
      terminal.type("mine\r");
      terminal.await("got <mine>", at);
      terminal.end();
    }
  }

  @Test
  void theQuestionFollowsTheSizeOfTheTerminal() throws Exception {
    String resize = "(" + until("shown") + "stty cols 50 </dev/tty) & ";
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, resize + prompt(60_000, "-", "one.example"))) {
      int at = terminal.await("[D] deny all the rest", 0);
      at = terminal.await("appaware asks -----------", at);
      terminal.narrow(50);
      make("shown");
      at = terminal.await("-- appaware asks --------------- denied in", at);
      look();
      terminal.type("a");
      terminal.await("allowed once", at);
      terminal.end();
    }
  }

  /** By another size, which a program can set, the question would lose lines. */
  @Test
  void theTerminalsOwnWordOnItsSizeCounts() throws Exception {
    String resize = "stty cols 24 rows 7; ";
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, resize + prompt(60_000, "-", "one.example"))) {
      int at = terminal.await("-- appaware asks ------------------------------", 0);
      at = terminal.await("thread main", at);
      at = terminal.await("[D] deny all the rest", at);
      look();
      terminal.type("a");
      terminal.await("allowed once", at);
      terminal.end();
    }
  }

  @Test
  void aFullScreenIsPutAsideAndToldToDrawItselfAnew() throws Exception {
    String child =
        "trap \"echo re\"\"drawn\" WINCH; stty raw -echo </dev/tty; : >ready; i=0;"
            + " while [ $i -lt 40 ]; do sleep 0.1; i=$((i+1)); done; stty sane </dev/tty; echo bye";
    try (PseudoTerminal terminal =
        new PseudoTerminal(directory, prompt(60_000, child, "one.example") + SANE)) {
      int at = terminal.await("\u001b[?1049h", 0);
      at = terminal.await("[D] deny all the rest", at);
      Await.until(this::targetIsStopped);
      assertThat(terminal.seen()).doesNotContain("bye");
      look();
      terminal.type("a");
      at = terminal.await("\u001b[?1049l", at);
      at = terminal.await("redrawn", at);
      at = terminal.await("bye", at);
      terminal.end();
      assertThat(terminal.seen().substring(at)).contains("icanon").doesNotContain("-icanon");
    }
  }
}
