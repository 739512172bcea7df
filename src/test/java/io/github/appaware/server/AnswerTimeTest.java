package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Attend;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Engage;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long a person has to answer, and what is said when that was too short. */
@Timeout(60)
class AnswerTimeTest {
  private static final Event ONE = Samples.connect("one.example");
  private static final Event TWO = Samples.connect("two.example");
  private static final long TEN_MINUTES = 600_000;

  private static final Application APP =
      Application.builder()
          .file("app.jar")
          .path("/opt/app.jar")
          .sha256("ab".repeat(32))
          .kind(Application.Kind.JAR)
          .jvm("17")
          .user("me")
          .pid(4711)
          .directory("/opt")
          .build();

  @TempDir Path directory;

  private LocalServerFixture server;
  private FakeClient launcher;
  private FakeClient agent;

  private void begin(String... rules) throws Exception {
    server = LocalServerFixture.asking(directory, rules);
    launcher = server.launcher(LocalServerFixture.TOKEN, APP);
    launcher.say(new Attend(true));
    agent = server.agent(launcher, LocalServerFixture.TOKEN, APP, 1);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** Asks; how many milliseconds the server gives the agent. */
  private long ask(long id, Event event) throws Exception {
    agent.say(new Message.Ask(id, event, Origin.UNKNOWN));
    return agent.await(Message.Asked.class).millis();
  }

  @Test
  void theFirstQuestionOfARunWaitsLonger() throws Exception {
    begin();
    assertThat(ask(1, ONE)).isBetween(60_000L, 120_000L);
    assertThat(ask(2, TWO)).isBetween(1L, 30_000L);
    assertThat(launcher.await(Question.class).total()).isEqualTo(120_000);
  }

  @Test
  void aTimeOfThePolicyIsThatOfTheFirstQuestionToo() throws Exception {
    begin("[default]", "ask-timeout = '45s'");
    assertThat(ask(1, ONE)).isBetween(1L, 45_000L);
    assertThat(launcher.await(Question.class).total()).isEqualTo(45_000);
  }

  /** The other question, asked later and with as little time, runs out meanwhile. */
  @Test
  void theTimeStandsStillFromTheFirstKey() throws Exception {
    begin("[default]", "ask-timeout = '2s'");
    ask(1, ONE);
    long id = launcher.await(Question.class).id();
    launcher.say(new Engage(id));
    Message.Asked longer = agent.await(Message.Asked.class);
    assertThat(longer.id()).isEqualTo(1);
    assertThat(longer.millis()).isBetween(TEN_MINUTES, TEN_MINUTES + 2_000);
    ask(2, TWO);
    Message.Decided ranOut = agent.await(Message.Decided.class);
    assertThat(ranOut.id()).isEqualTo(2);
    assertThat(ranOut.verdict().reason().kind()).isEqualTo(Reason.Kind.UNANSWERED);
    launcher.say(new Answer(7, id, new Choice(true, Scope.ENDPOINT, Term.ONCE)));
    Message.Decided answered = agent.await(Message.Decided.class);
    assertThat(answered.id()).isEqualTo(1);
    assertThat(answered.verdict().allowed()).isTrue();
  }

  @Test
  void theTimeGoesOnWhenThePersonLeavesTheQuestionToOthers() throws Exception {
    begin("[default]", "ask-timeout = '2s'");
    FakeClient other = server.console("bob", 1);
    ask(1, ONE);
    long id = launcher.await(Question.class).id();
    launcher.say(new Engage(id));
    assertThat(agent.await(Message.Asked.class).millis()).isGreaterThan(TEN_MINUTES - 1);
    launcher.say(new Engage(id));
    launcher.say(new Dismiss(id));
    assertThat(agent.await(Message.Asked.class).millis()).isBetween(0L, 2_000L);
    assertThat(agent.await(Message.Decided.class).verdict().reason().kind())
        .isEqualTo(Reason.Kind.UNANSWERED);
    assertThat(other.await(Settled.class).question()).isEqualTo(id);
  }

  @Test
  void theCommandThatAllowsItIsSaidWhenNobodyAnswered() throws Exception {
    begin("[[app]]", "id = 'mine'", "file = 'app.jar'", "[default]", "ask-timeout = '1s'");
    ask(1, ONE);
    agent.await(Message.Decided.class);
    assertThat(launcher.await(Message.Notice.class).text())
        .isEqualTo(
            "connect tcp to one.example:443 was not answered in time; to allow it: `appaware policy"
                + " add -p "
                + server.policy()
                + " --app mine --event resolve,connect --host one.example --port 443"
                + " --protocol tcp allow`");
    launcher.say(new Message.Finish());
    assertThat(launcher.await(Message.Summary.class).unasked()).hasSize(1);
  }

  /** The command would be for every application. */
  @Test
  void anUnknownApplicationIsReferredToTheSummary() throws Exception {
    begin("[default]", "ask-timeout = '1s'");
    ask(1, ONE);
    agent.await(Message.Decided.class);
    assertThat(launcher.await(Message.Notice.class).text())
        .isEqualTo(
            "connect tcp to one.example:443 was not answered in time; the summary says what to add to"
                + " the policy to allow it");
    launcher.say(new Message.Finish());
    assertThat(launcher.await(Message.Summary.class).unasked()).hasSize(2);
  }
}
