package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server knows of the code that causes events. */
@Timeout(300)
class CodeSourcesTest {
  private static final Event EVENT = Samples.connect("yes.example");

  @TempDir Path directory;
  private LocalServerFixture server;

  @BeforeEach
  void start() throws IOException, PolicyException {
    server = LocalServerFixture.start(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  private static Origin from(Origin.Source... sources) {
    return new Origin(
        List.of(sources).stream().map(s -> new Origin.Frame("a.B", "c", 7, "", s)).toList(),
        "main");
  }

  private static Origin.Source claimed(String path) {
    return new Origin.Source(path, "0".repeat(64), "evil:claim:1");
  }

  @Test
  void aJarIsMeasuredByTheLauncherOnceAndTheAgentIsNotBelieved() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    agent.say(new Message.Ask(1, EVENT, from(claimed("/a.jar"), claimed("/a.jar"))));
    Message.MeasureSources question = launcher.hear(Message.MeasureSources.class);
    assertThat(question.paths()).containsExactly("/a.jar");
    launcher.say(
        new Message.SourcesMeasured(
            question.id(), List.of(new Origin.Source("/a.jar", "f".repeat(64), "g:a:1"))));
    assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();

    agent.say(new Message.Ask(2, EVENT, from(claimed("/a.jar"))));
    assertThat(agent.hear(Message.Decided.class).id()).isEqualTo(2);

    assertThat(server.recorded())
        .hasSize(2)
        .allMatch(
            line ->
                line.contains(
                    "\"origin\":{\"jar\":\"/a.jar\",\"sha256\":\""
                        + "f".repeat(64)
                        + "\",\"maven\":\"g:a:1\",\"frame\":\"a.B.c:7\",\"thread\":\"main\"}"));
  }

  @Test
  void aQuestionThatWaitsForAJarHoldsUpNoOther() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    agent.say(new Message.Ask(1, EVENT, from(claimed("/a.jar"))));
    agent.say(new Message.Ask(2, EVENT, Origin.UNKNOWN));

    assertThat(agent.hear(Message.Decided.class).id()).isEqualTo(2);
    Message.MeasureSources question = launcher.hear(Message.MeasureSources.class);
    launcher.say(new Message.SourcesMeasured(question.id(), List.of()));
    assertThat(agent.hear(Message.Decided.class).id()).isEqualTo(1);
    assertThat(server.recorded().get(1)).contains("\"origin\":{\"jar\":\"/a.jar\",\"frame\"");
  }
}
