package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Crowd;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Operator;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ResidentProcess;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run under a remote server that is killed and comes back: what is good meanwhile, and after. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class RemoteReturnIT {
  private static final String AWAY = "appaware: the decision server is away";
  private static final String BACK = "appaware: the decision server is back";

  @TempDir Path directory;
  private Tool tool;
  private Listener known;
  private Listener other;
  private ResidentProcess server;

  @BeforeEach
  void serve() throws Exception {
    Programs.jar(directory.resolve("crowd.jar"), Crowd.class);
    known = new Listener();
    other = new Listener();
    server =
        new ResidentProcess(
            directory.resolve("server"),
            "[[rule]]\nid = 'known'\naction = 'allow'\nport = " + known.port() + "\n");
    server.start();
    server.enrol(tool, "agent", "box");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    known.close();
    other.close();
  }

  private Dialog run(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", "--no-prompt"));
    words.addAll(List.of("--server", server.address()));
    words.addAll(List.of(options));
    words.addAll(List.of("--", Jdk.running().java(), "-jar", "crowd.jar"));
    return tool.talk(words.toArray(String[]::new));
  }

  private static String to(Listener listener) {
    return "one connect 127.0.0.1 " + listener.port();
  }

  private static String connected(Listener listener) {
    return "one connected " + listener.port();
  }

  private static String denied(Listener listener) {
    return "one ConnectException: appaware: connect tcp to 127.0.0.1:"
        + listener.port()
        + " denied: server unreachable";
  }

  @Test
  void withoutAGraceNothingIsGoodOnceTheServerIsAway() throws Exception {
    try (Dialog run = run()) {
      assertThat(run.say(to(known))).isEqualTo(connected(known));
      server.kill();
      Await.until(() -> run.err().contains(AWAY));
      Await.until(() -> run.say(to(known)).equals(denied(known)));
      int before = known.connections();
      assertThat(run.say(to(known))).isEqualTo(denied(known));
      assertThat(run.say(to(other))).isEqualTo(denied(other));
      assertThat(known.connections()).isZero();
      assertThat(before).isPositive();

      server.start();
      Await.until(() -> run.err().contains(BACK));
      Await.until(() -> run.say(to(known)).equals(connected(known))); // each process by itself
      assertThat(run.end()).isZero();
    }
    assertThat(other.connections()).isZero();
  }

  @Test
  void withinTheGraceWhatWasAllowedStaysAllowedAndNothingElseIs() throws Exception {
    long grace = 8;
    try (Dialog run = run("--offline-grace", grace + "s")) {
      assertThat(run.say(to(known))).isEqualTo(connected(known));
      long killed = System.nanoTime();
      server.kill();
      Await.until(() -> run.err().contains(AWAY));
      long away = System.nanoTime();

      assertThat(run.say(to(known))).isEqualTo(connected(known));
      assertThat(run.say(to(other))).isEqualTo(denied(other));
      assertThat(known.connections()).isEqualTo(2);
      int[] more = new int[1];
      Await.until(
          () -> {
            String said = run.say(to(known));
            more[0] += known.connections();
            return said.equals(denied(known));
          });
      long over = System.nanoTime();
      assertThat(TimeUnit.NANOSECONDS.toMillis(over - killed)).isGreaterThanOrEqualTo(grace * 1000);
      System.out.printf(
          "a grace of %d s ended %d ms after the loss was told, after %d more connections%n",
          grace, TimeUnit.NANOSECONDS.toMillis(over - away), more[0]);
      assertThat(run.say(to(known))).isEqualTo(denied(known));
      assertThat(run.say(to(other))).isEqualTo(denied(other));
      assertThat(known.connections()).isZero();

      server.start();
      Await.until(() -> run.err().contains(BACK));
      Await.until(() -> run.say(to(known)).equals(connected(known))); // each process by itself
      assertThat(run.end()).isZero();
      // Verdicts used meanwhile are reported when the server is back.
      assertThat(Json.sum(server.record(), "connect", "allow")).isEqualTo(3 + more[0]);
    }
    assertThat(other.connections()).isZero();
  }

  @Test
  void aQuestionOutlivesTheServerAlsoWhenTheRunIsBackBeforeTheOperator() throws Exception {
    server.enrol(tool, "operator", "me");
    try (Dialog run = run();
        Operator operator = new Operator(directory, server)) {
      operator.attend();
      run.tell("asked connect 127.0.0.1 " + other.port());
      QuestionMessage.Question question = operator.question();
      assertThat(question.machine()).isEqualTo("box");
      assertThat(run.say(to(known))).isEqualTo(connected(known));
      server.kill();
      server.start();
      operator.comeBack();
      Await.until(() -> server.questions() == 1); // with no one to ask yet
      operator.attend();

      QuestionMessage.Question again = operator.question();
      assertThat(again.event()).isEqualTo(question.event());
      assertThat(other.connections()).isZero();
      operator.allow(again, Choice.Term.ALWAYS);
      assertThat(run.hear()).isEqualTo("asked connected " + other.port());
      assertThat(other.connections()).isOne();
      assertThat(run.end()).isZero();
    }
  }
}
