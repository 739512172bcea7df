package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run, and with it its server, ends. */
@Timeout(300)
class RunEndTest {
  private LocalServerFixture server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, PolicyException {
    server = LocalServerFixture.start(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  @Test
  void theSummaryCountsWhatWasDecidedAndWhoIsLeft() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    for (String host : List.of("yes.example", "no.example", "yes.example")) {
      agent.say(new Message.Ask(1, Samples.connect(host), Origin.UNKNOWN));
      agent.hear(Message.Decided.class);
    }
    launcher.say(new Message.Finish());

    Message.Summary summary = launcher.hear(Message.Summary.class);
    assertThat(summary)
        .isEqualTo(
            new Message.Summary(
                2,
                0,
                1,
                0,
                List.of(
                    new Message.Tally(
                        Message.TallyKind.DENIED,
                        "connect tcp to no.example:443",
                        "",
                        "by default, no rule matches (" + server.policy() + ":3)",
                        1)),
                0,
                List.of(),
                summary.unasked(),
                0,
                List.of(),
                1));
    // What would allow it, as nothing decided it but the default.
    assertThat(summary.unasked())
        .hasSize(2)
        .element(1)
        .asString()
        .contains("action   = \"allow\"", "host     = \"no.example\"", "port     = 443");
  }

  @Test
  void aFinishedRunAdmitsNobodyElse() throws IOException {
    FakeClient launcher = server.launcher();
    launcher.say(new Message.Finish());
    launcher.hear(Message.Summary.class);

    server.stranger(1).hear(new Message.Refused("the run it belongs to is over or unknown"));
  }

  @Test
  void theServerEndsWithTheLauncherOfAFinishedRun() throws IOException, InterruptedException {
    FakeClient launcher = server.launcher();
    launcher.say(new Message.Finish());
    launcher.hear(Message.Summary.class);
    assertThat(server.isServing()).isTrue();
    launcher.close();

    server.awaitEnd();
  }

  @Test
  void processesThatTheTargetLeftBehindAreServedToTheirEnd()
      throws IOException, InterruptedException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    launcher.say(new Message.Finish());
    launcher.hear(Message.Summary.class);
    launcher.close();

    agent.say(new Message.Ask(1, Samples.connect("yes.example"), Origin.UNKNOWN));
    assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    assertThat(server.isServing()).isTrue();
    agent.close();
    server.awaitEnd();
  }

  @Test
  void whenTheLauncherIsKilledTheAgentsAreStoppedAndTheServerEnds()
      throws IOException, InterruptedException {
    FakeClient launcher = server.launcher();
    List<FakeClient> agents = List.of(server.agent(launcher, 1), server.agent(launcher, 2));
    launcher.close();

    for (FakeClient agent : agents) {
      agent.hear(new Message.Stop("the launcher is gone, so the run ends"));
    }
    server.awaitEnd();
  }

  @Test
  void whenTheLauncherIsKilledTheTargetIsEnded() throws IOException, InterruptedException {
    Process target = new ProcessBuilder("sleep", "600").start();
    try {
      FakeClient launcher = server.launcher();
      launcher.say(new Message.Started(target.pid()));
      launcher.close();

      assertThat(target.waitFor(20, TimeUnit.SECONDS)).isTrue();
      server.awaitEnd();
    } finally {
      target.destroyForcibly();
    }
  }

  @Test
  void aTargetThatFinishedIsNotEnded() throws IOException, InterruptedException {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      FakeClient launcher = server.launcher();
      launcher.say(new Message.Started(other.pid()));
      launcher.say(new Message.Finish());
      launcher.hear(Message.Summary.class);
      launcher.close();

      server.awaitEnd();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aLauncherThatEndsBeforeItRegisteredEndsTheServer() throws InterruptedException {
    server.server().launcherGone();

    server.awaitEnd();
  }

  @Test
  void theLaunchersProcessMayEndBeforeTheRest() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    server.server().launcherGone();

    agent.say(new Message.Ask(1, Samples.connect("yes.example"), Origin.UNKNOWN));
    agent.hear(Message.Decided.class);
    assertThat(server.isServing()).isTrue();
  }
}
