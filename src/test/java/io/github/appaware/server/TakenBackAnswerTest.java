package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Attend;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.TakeBack;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer that is taken back does not hold any more: for the run, in the policy, in agents. */
@Timeout(60)
class TakenBackAnswerTest {
  private static final Event ONE = Samples.connect("one.example");
  private static final String RULE = "id       = \"allow-connect-one.example-443\"";

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

  @BeforeEach
  void begin() throws Exception {
    server =
        LocalServerFixture.asking(directory, "[[rule]]", "action = 'deny'", "host = 'no.example'");
    launcher = server.launcher(LocalServerFixture.TOKEN, APP);
    launcher.say(new Attend(true));
    agent = server.agent(launcher, LocalServerFixture.TOKEN, APP, 1);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private void ask(long id) throws Exception {
    agent.say(new Message.Ask(id, ONE, Origin.UNKNOWN));
  }

  /** The question's number. */
  private long allow(Term term) throws Exception {
    ask(1);
    long id = launcher.await(Question.class).id();
    launcher.say(new Answer(7, id, new Choice(true, Scope.ENDPOINT, term)));
    assertThat(launcher.await(Answered.class).accepted()).isTrue();
    assertThat(agent.await(Message.Decided.class).verdict().allowed()).isTrue();
    ask(2);
    assertThat(agent.await(Message.Decided.class).verdict().allowed()).isTrue();
    return id;
  }

  private Answered takeBack(FakeClient by, long question) throws Exception {
    by.say(new TakeBack(8, question));
    return by.await(Answered.class);
  }

  private void assertAsked(long id) throws Exception {
    ask(id);
    assertThat(agent.await(Message.Asked.class).id()).isEqualTo(id);
  }

  @Test
  void anAnswerForTheRunIsAskedAgainAndAgentsForgetIt() throws Exception {
    long question = allow(Term.RUN);
    assertThat(takeBack(launcher, question)).isEqualTo(new Answered(8, true, ""));
    assertThat(agent.await(Message.Epoch.class).epoch()).isEqualTo(2);
    assertAsked(3);
  }

  @Test
  void aSavedRuleIsRemovedFromTheFileAndTheRestStays() throws Exception {
    long question = allow(Term.ALWAYS);
    String with = Files.readString(server.policy());
    assertThat(with).contains(RULE);
    assertThat(takeBack(launcher, question))
        .isEqualTo(
            new Answered(
                8, true, "removed rule \"allow-connect-one.example-443\" from " + server.policy()));
    assertThat(Files.readString(server.policy()))
        .doesNotContain("allow-connect-one.example-443", "answered ")
        .contains("host = 'no.example'", "[[app]]");
    assertAsked(3);
  }

  /** It is found by its id, not by the line at which it once was. */
  @Test
  void aRuleThatHasMovedIsRemovedAllTheSame() throws Exception {
    long question = allow(Term.ALWAYS);
    String text = Files.readString(server.policy());
    String more = "[[rule]]\naction = 'deny'\nhost = 'new.example'\n[[rule]]";
    Files.writeString(server.policy(), text.replaceFirst("\\[\\[rule]]", more));
    assertThat(takeBack(launcher, question).accepted()).isTrue();
    assertThat(Files.readString(server.policy()))
        .contains("new.example", "no.example")
        .doesNotContain("allow-connect-one.example-443");
  }

  @Test
  void aRuleThatSomebodyRemovedIsNotTakenBack() throws Exception {
    long question = allow(Term.ALWAYS);
    Files.writeString(server.policy(), "version = 1\n");
    Answered answered = takeBack(launcher, question);
    assertThat(answered.accepted()).isFalse();
    assertThat(answered.text()).contains("no rule `allow-connect-one.example-443` in ");
  }

  @ParameterizedTest
  @EnumSource(
      value = Term.class,
      names = {"RUN", "ALWAYS"})
  void itIsTakenBackOnceAndByTheOneThatGaveIt(Term term) throws Exception {
    long question = allow(term);
    FakeClient other = server.console("bob", 1);
    assertThat(takeBack(other, question))
        .isEqualTo(new Answered(8, false, "there is no such answer any more"));
    assertThat(takeBack(launcher, question).accepted()).isTrue();
    assertThat(takeBack(launcher, question).accepted()).isFalse();
  }
}
