package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many questions at once, and questions that are made to deceive. */
@ExtendWith(ToolExtension.class)
class PromptQueueIT {
  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    PromptRun.prepare(
        directory,
        IntStream.range(0, 201)
            .mapToObj(i -> "host-" + i + ".crowd.example")
            .toArray(String[]::new));
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[[rule]]\naction = 'allow'\nevent = 'resolve'\nhost = '*.crowd.example'\n");
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private PromptRun run() throws Exception {
    return PromptRun.onConsole(tool, directory, "", "-p p.toml --answers answers.toml");
  }

  @Test
  void twoHundredThreadsWithOneQuestionAreAskedOnce() throws Exception {
    try (ServerSocket patient = new ServerSocket(0, 300);
        PromptRun run = run()) {
      int port = patient.getLocalPort();
      run.tell("all same 200 host-1.crowd.example " + port);
      run.pty.awaitQuestion("connect tcp to host-1.crowd.example:" + port);
      run.pty.await("tried        200 times");
      assertThat(run.pty.screen()).doesNotContain("more waiting");
      run.pty.type("a");
      assertThat(run.hear()).isEqualTo("all {connected " + port + "=200}");
      assertThat(run.end()).isZero();
      assertThat(run.pty.all())
          .containsOnlyOnce("allowed once: connect tcp to host-1.crowd.example")
          .contains("appaware: 400 allowed, 0 denied");
    }
  }

  /** The first answer is for its host alone, the second for the domain: for all that waits. */
  @Test
  void anAnswerSettlesAllThatItCovers() throws Exception {
    try (PromptRun run = run()) {
      run.tell("all each 80 " + listener.port());
      run.pty.await("79 more waiting");
      run.pty.awaitQuestion("connect tcp to host-");
      run.pty.type("d");
      run.pty.awaitTold("denied once: connect tcp to host-");
      run.pty.await("78 more waiting");
      run.pty.awaitQuestion("connect tcp to host-");
      run.pty.type("s");
      run.pty.await("how long [once]");
      run.pty.type("3");
      run.pty.await("> 3 crowd.example and all names below it, any port");
      run.pty.type(Pty.ENTER);
      assertThat(run.hear())
          .startsWith("all {ConnectException: appaware: connect tcp to host-")
          .endsWith(
              " denied by an answer of root=1, connected "
                  + listener.port()
                  + "=79}".replace("root", System.getProperty("user.name")));
      run.pty.awaitNone();
      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
      assertThat(directory.resolve("answers.toml")).doesNotExist();
    }
    assertThat(listener.connections()).isEqualTo(79);
  }

  /** The user's own hosts file, which the children name as well, leaves their identity as it is. */
  @Test
  void twoChildrenWithTheSameQuestionAreAskedOnce() throws Exception {
    String hosts = "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=hosts ";
    try (PromptRun run =
        PromptRun.onConsole(tool, directory, hosts, "-p p.toml --answers answers.toml")) {
      run.tell("all children 2 host-1.crowd.example " + listener.port());
      run.pty.awaitQuestion("connect tcp to host-1.crowd.example:" + listener.port());
      run.pty.await("tried        2 times");
      run.pty.look();
      run.pty.type("r");
      assertThat(run.hear()).isEqualTo("all {child connected " + listener.port() + "=2}");
      assertThat(run.say("it connect host-1.crowd.example " + listener.port()))
          .isEqualTo("it connected " + listener.port());
      assertThat(run.end()).isZero();
      assertThat(run.pty.all()).containsOnlyOnce("allowed for this run: connect");
    }
  }

  /** 200 threads, each with 500 places: a hundred questions are open, the rest is denied. */
  @Test
  void aFloodOfQuestionsIsDeniedAndTheRunGoesOn() throws Exception {
    try (PromptRun run = run()) {
      run.tell("flood flood 200 500");
      run.pty.await("99 more waiting");
      Await.until(() -> run.messages().contains("appaware: too many open questions"));
      run.pty.awaitQuestion("connect tcp to 127.");
      run.pty.type("D");
      run.pty.await("[y] yes");
      run.pty.type("y");
      String outcome = run.hear();
      Matcher numbers =
          Pattern.compile("flood denied (\\d+) in (\\d+) ms, heap (\\d+)").matcher(outcome);
      assertThat(numbers.matches()).as(outcome).isTrue();
      System.out.println("questions: " + outcome + " KiB");
      assertThat(numbers.group(1)).isEqualTo("100000");
      assertThat(run.end()).isZero();
      // Each notice comes once; two of these lines are the record's, which has its own limit.
      assertThat(run.pty.all()).containsOnlyOnce("this run has more than 20000 distinct events");
      int summary = run.pty.all().indexOf("appaware: 0 allowed, 100000 denied\n");
      assertThat(summary).as(run.pty.all()).isPositive();
      assertThat(run.pty.all().substring(0, summary).lines()).as(run.pty.all()).hasSizeLessThan(17);
      assertThat(run.pty.all()).contains("and 99980 more");
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
    }
  }

  @Test
  void namesThatWouldSteerTheTerminalOrDeceiveAreShownForWhatTheyAre() throws Exception {
    try (PromptRun run = run()) {
      name(
          run,
          "a\u001b[31m\u009b1m\u0007b.example",
          "look up a\\u001b[31m\\u009b1m\\u0007b.example");
      name(run, "moc.live\u202eelpmaxe.com", "look up moc.live\\u202eelpmaxe.com");
      name(run, "xn--pple-43d.com", "look up xn--pple-43d.com");
      run.tell("it connect " + "long.".repeat(150) + "example 1");
      run.pty.awaitQuestion("long.long.example");
      run.pty.await("longer than any real name: ");
      run.pty.type("d");
      assertThat(run.hear()).contains("denied by an answer");
      assertThat(run.end()).isZero();
      assertThat(run.pty.strange()).isEmpty();
      assertThat(run.pty.raw()).doesNotContain("\u001b[31m", "\u009b", "\u0007", "\u202e");
    }
  }

  private static void name(PromptRun run, String name, String shown) throws Exception {
    run.pty.awaitNone();
    run.tell("it connect " + name + " 1");
    run.pty.awaitQuestion(shown);
    if (name.startsWith("xn--")) {
      assertThat(run.pty.screen())
          .contains("! in letters: \u0430pple.com", "! it may only look like a name that you know");
    }
    run.pty.type("d");
    assertThat(run.hear()).contains("denied by an answer");
  }
}
