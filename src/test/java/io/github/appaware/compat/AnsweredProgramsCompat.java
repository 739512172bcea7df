package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that people know, whole, at a terminal: the first run asks few questions, each of which
 * is answered with "always", and the second and third ask none and save nothing.
 */
@ExtendWith(ToolExtension.class)
class AnsweredProgramsCompat {
  private static final String QUESTION = "-- appaware asks";
  private static final String KEYS = "[D] deny all the rest";
  private static final String PREVIEW = "[Enter] save, and allow always";

  /** The shell goes on after Ctrl-C. */
  private static final String TRAP = "trap : INT; ";

  private static final List<Program> PROGRAMS =
      List.of(Program.named("H2"), Program.named("SpringBoot"));

  /** Made for the first test that needs it. */
  private static ClassPaths paths;

  @TempDir Path directory;
  private Tool tool;

  /** Skips the test where the programs are neither here nor to be had. */
  private static synchronized ClassPaths paths() throws Exception {
    if (paths == null) {
      try {
        paths = ClassPaths.of(Tool.HOME.resolve("target/compat-answered"), PROGRAMS);
      } catch (ClassPaths.UnreachableException e) {
        abort(e.getMessage());
      }
    }
    return paths;
  }

  /**
   * What a person types at the program itself, once it says this.
   *
   * @param raw whether the program has the terminal in raw mode then, and edits the line itself
   */
  private record Input(String prompt, String keys, boolean raw) {
    Input(String prompt, String keys) {
      this(prompt, keys, false);
    }
  }

  private static String h2() throws Exception {
    return paths().jars(Program.named("H2")).stream()
        .filter(jar -> Path.of(jar).getFileName().toString().startsWith("h2-"))
        .findFirst()
        .orElseThrow();
  }

  private static String java(String... arguments) {
    return Jdk.running().java() + " -Xmx200m " + String.join(" ", arguments);
  }

  /** One run; returns how many questions were answered. */
  private int run(String command, Input... inputs) throws Exception {
    int answered = 0;
    try (Pty pty = new Pty(tool, directory, TRAP + Tool.SCRIPT + " run -- " + command)) {
      for (Input input : inputs) {
        answered += answerUntil(pty, input.prompt());
        Await.until(() -> pty.modes().contains(" -icanon ") == input.raw());
        pty.type(input.keys());
      }
      answered += answerUntil(pty, "status ");
      int unused = pty.end(); // Ctrl-C is how some of them end
      assertThat(pty.modesAfter()).isEqualTo(pty.modesBefore());
      assertThat(pty.all()).contains(" 0 denied");
    }
    return answered;
  }

  private static int answerUntil(Pty pty, String text) throws Exception {
    int answered = 0;
    while (true) {
      pty.awaitLong(
          "question or `" + text + "`", each -> isAsked(each) || each.all().contains(text));
      if (!isAsked(pty)) {
        return answered;
      }
      pty.look();
      pty.type("w");
      pty.await(PREVIEW);
      pty.type(Pty.ENTER);
      answered++;
      pty.awaitThat("the answer's end", each -> !each.screen().contains(PREVIEW));
    }
  }

  private static boolean isAsked(Pty pty) {
    String screen = pty.screen();
    int last = screen.lastIndexOf(QUESTION);
    return last >= 0 && screen.indexOf(KEYS, last) > 0;
  }

  private String policy() throws Exception {
    Path policy = directory.resolve("config/appaware/policy.toml");
    return Files.exists(policy) ? Files.readString(policy) : "";
  }

  /** The first run, then a second and a third without a question. */
  private void asksAtMost(int questions, int rules, String command, Input... inputs)
      throws Exception {
    assertThat(run(command, inputs)).as("questions").isBetween(1, questions);
    String saved = policy();
    assertThat(saved.split("\\[\\[rule]]", -1).length - 1).as(saved).isLessThanOrEqualTo(rules);
    for (int i = 0; i < 2; i++) {
      before();
      assertThat(run(command, inputs)).as("questions of a later run").isZero();
      assertThat(policy()).isEqualTo(saved);
    }
  }

  /** What a program needs anew for each run. */
  private Reset reset = () -> {};

  private interface Reset {
    void run() throws Exception;
  }

  private void before() throws Exception {
    reset.run();
  }

  @Test
  void h2sServersAndConsole() throws Exception {
    String command =
        java("-cp", h2(), "org.h2.tools.Server", "-baseDir", ".", "-tcp", "-tcpPort")
            + " %d -web -webPort %d".formatted(Ports.free(), Ports.free());
    asksAtMost(3, 7, command, new Input("Web Console server running", Pty.CTRL_C));
  }

  @Test
  void h2sShell() throws Exception {
    String command = java("-cp", h2(), "org.h2.tools.Shell");
    asksAtMost(
        2,
        4,
        command,
        new Input("URL", "jdbc:h2:./db;AUTO_SERVER=TRUE\n"),
        new Input("Driver", "\n"),
        new Input("User", "sa\n"),
        new Input("Password", "sa\nsa\n"),
        new Input("sql>", "select 40+2;\n"),
        new Input("42", "quit\n"));
  }

  @Test
  void jshell() throws Exception {
    Path jshell = Jdk.running().home().resolve("bin/jshell");
    assumeTrue(Files.exists(jshell), "this JDK has no jshell");
    Files.createDirectories(directory.resolve("prefs/.java/.userPrefs"));
    asksAtMost(
        4, // one of them for the name that the longer time-out takes
        8,
        jshell
            + " -J-Djava.util.prefs.userRoot="
            + directory.resolve("prefs")
            + " --execution 'jdi:hostname(127.0.0.1),timeout(120000)'", // its own is 5 s
        new Input("jshell>", "6*7\r", true),
        new Input("$1 ==> 42", "new java.net.ServerSocket(0).isBound()\r", true),
        new Input("$2 ==> true", "/exit\r", true));
  }

  @Test
  void springBootAndItsFirstRequest() throws Exception {
    Library library = new Library(Program.named("SpringBoot"), paths(), null);
    String command =
        library.command(Jdk.running(), 0, 240).stream().collect(Collectors.joining(" "));
    asksAtMost(3, 7, command);
  }

  @Test
  void maven() throws Exception {
    try (MavenRun maven = new MavenRun(directory)) {
      reset = maven::reset;
      asksAtMost(2, 4, String.join(" ", maven.command(Jdk.running(), 0, 60)));
    }
  }
}
