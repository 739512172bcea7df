package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a decision server answers, records and pushes. */
@Timeout(300)
class VerdictsTest {
  private static final Event YES = Samples.connect("yes.example");
  private static final Event OTHER = Samples.connect("other.example");

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

  @Test
  void anEventIsJudgedByThePolicyUnderItsId() throws IOException {
    FakeClient agent = server.agent(server.launcher(), 1);
    String at = server.policy().toString();

    agent.say(new Message.Ask(Long.MIN_VALUE, YES, Origin.UNKNOWN));
    agent.hear(
        new Message.Decided(
            Long.MIN_VALUE,
            new Verdict(
                true, new Reason(Reason.Kind.RULE, "yes", at + ":4"), Verdict.Reuse.ENDPOINT, 1)));
    agent.say(new Message.Ask(0, OTHER, Origin.UNKNOWN));
    agent.hear(
        new Message.Decided(
            0,
            new Verdict(
                false, new Reason(Reason.Kind.DEFAULT, "", at + ":3"), Verdict.Reuse.ENDPOINT, 1)));
  }

  @Test
  void manyQuestionsOfManyAgentsMayWaitAtOnce() throws IOException {
    FakeClient launcher = server.launcher();
    List<FakeClient> agents =
        List.of(server.agent(launcher, 1), server.agent(launcher, 2), server.agent(launcher, 3));
    int each = 500;
    Map<Long, Boolean> expected = new TreeMap<>();
    for (long id = 0; id < each; id++) {
      expected.put(id, id % 2 == 0);
      for (FakeClient agent : agents) {
        agent.say(new Message.Ask(id, id % 2 == 0 ? YES : OTHER, Origin.UNKNOWN));
      }
    }

    for (FakeClient agent : agents) {
      Map<Long, Boolean> answers = new TreeMap<>();
      for (int i = 0; i < each; i++) {
        Message.Decided decided = agent.hear(Message.Decided.class);
        answers.put(decided.id(), decided.verdict().allowed());
      }
      assertThat(answers).isEqualTo(expected);
    }
    assertThat(server.recorded()).hasSize(each * agents.size());
  }

  @Test
  void anEventIsInTheRecordBeforeItsVerdictIsTold() throws IOException {
    FakeClient agent = server.agent(server.launcher(), 42);
    agent.say(new Message.Ask(1, OTHER, Origin.UNKNOWN));
    agent.hear(Message.Decided.class);

    assertThat(server.recorded())
        .singleElement()
        .asString()
        .startsWith("{\"time\":\"2026-06-01T12:00:00Z\",\"run\":\"")
        .contains(
            "\"machine\":\"host\",\"user\":\"me\",\"pid\":42,",
            "\"parent\":\"parent.jar\"",
            "\"event\":\"connect\",\"protocol\":\"tcp\",\"host\":\"other.example\"",
            "\"verdict\":\"deny\"",
            "\"epoch\":1,\"count\":1}")
        .doesNotContain(LocalServerFixture.TOKEN);
  }

  @Test
  void whatAnAgentReusedIsInTheRecordWhenItsFlushIsAnswered() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    Verdict reused =
        new Verdict(true, new Reason(Reason.Kind.RULE, "yes", "p:4"), Verdict.Reuse.ENDPOINT, 1);
    for (int i = 0; i < 100; i++) {
      agent.say(new Message.Used(YES, Origin.UNKNOWN, reused, 3, 1_000));
    }
    agent.say(new Message.Flush(7));
    agent.hear(new Message.Noted(7));

    assertThat(server.recorded())
        .hasSize(100)
        .allMatch(line -> line.startsWith("{\"time\":\"1970-01-01T00:00:01Z\""))
        .allMatch(line -> line.endsWith("\"epoch\":1,\"count\":3}"));
    launcher.say(new Message.Finish());
    launcher.hear(
        new Message.Summary(300, 0, 0, 0, List.of(), 0, List.of(), List.of(), 0, List.of(), 1));
  }

  @Test
  void aVerdictUsedLessThanOnceIsAViolation() throws IOException {
    FakeClient agent = server.agent(server.launcher(), 1);
    agent.say(new Message.Used(YES, Origin.UNKNOWN, Verdict.denied(Reason.Kind.RULE), 0, 0));

    agent.hearEnd();
    assertThat(server.recorded()).isEmpty();
  }

  @Test
  void theNameServersOfThePolicyReachTheAgentsBeforeItsEpoch() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    String named = "name-servers = ['10.0.0.53', '::ffff:10.0.0.54']";
    Files.writeString(server.policy(), Samples.text("[default]", named));

    agent.hear(
        new Message.NameServers(
            List.of(Address.of(new byte[] {10, 0, 0, 53}), Address.of(new byte[] {10, 0, 0, 54}))));
    agent.hear(new Message.Epoch(2));
    launcher.hear(Message.Notice.class);
    FakeClient later = server.agent(launcher, 2);
    assertThat(later.hear(Message.NameServers.class).addresses()).hasSize(2);
    Files.writeString(server.policy(), Samples.text("[default]", "unknown = 'deny'"));

    agent.hear(new Message.NameServers(List.of()));
    agent.hear(new Message.Epoch(3));
  }

  @Test
  void anEditOfThePolicyReachesTheAgentsAndTheUser() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    Files.writeString(server.policy(), Samples.text("[default]", "unknown = 'allow'"));

    agent.hear(new Message.Epoch(2));
    launcher.hear(new Message.Notice("the policy changed on disk and is in force"));
    agent.say(new Message.Ask(1, OTHER, Origin.UNKNOWN));
    Verdict verdict = agent.hear(Message.Decided.class).verdict();
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.epoch()).isEqualTo(2);
    server.agent(launcher, 2);
  }

  @Test
  void anApplicationThatMissesItsHashIsSaidOnceAndHasNoId() throws Exception {
    server.stop();
    Path other = Files.createDirectory(directory.resolve("other"));
    String[] rules = {
      "[[app]]", "id = 'billing'", "file = 'app.jar'", "sha256 = '" + "0".repeat(64) + "'"
    };
    server = LocalServerFixture.start(other, other.resolve("log"), rules);
    FakeClient launcher = server.launcher();
    assertThat(launcher.hear(Message.Notice.class).text()).contains("billing");
    FakeClient agent = server.agent(launcher, 1); // would hear the notice in place of the question

    agent.say(new Message.Ask(1, YES, Origin.UNKNOWN));
    agent.hear(Message.Decided.class);
    assertThat(server.recorded().get(0)).contains("\"app\":{\"file\":\"app.jar\"");
  }

  @Test
  void whatCannotBeRecordedIsDeniedAndCachedVerdictsAreVoid() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).as("a device that is always full").exists();
    server.stop();
    server =
        LocalServerFixture.start(
            Files.createDirectory(directory.resolve("other")), full, LocalServerFixture.rules());
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);
    agent.say(new Message.Ask(1, YES, Origin.UNKNOWN));

    agent.hear(new Message.Epoch(2));
    agent.hear(new Message.Decided(1, Verdict.denied(Reason.Kind.UNRECORDED)));
    assertThat(launcher.hear(Message.Notice.class).text())
        .startsWith("the record /dev/full can't be written (")
        .endsWith("): everything is denied from now on");
    launcher.say(new Message.Finish());
    launcher.hear(
        new Message.Summary(
            0,
            0,
            1,
            0,
            List.of(
                new Message.Tally(
                    Message.TallyKind.DENIED,
                    "connect tcp to yes.example:443",
                    "",
                    "because the record can't be written",
                    1)),
            0,
            List.of(),
            List.of(),
            0,
            List.of(),
            1));
  }
}
