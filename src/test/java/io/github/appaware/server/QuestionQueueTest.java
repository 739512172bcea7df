package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.PolicyException;
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
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which questions are asked, and what becomes of an answer. Long, as each test is a dialog of the
 * same launcher, agent and console, and all of them speak to one queue.
 */
@Timeout(300)
class QuestionQueueTest {
  private static final Event ONE = Samples.connect("one.example");
  private static final Event TWO = Samples.connect("two.example");
  private static final Choice ALLOW_ONCE = new Choice(true, Scope.ENDPOINT, Term.ONCE);
  private static final Choice ALLOW_RUN = new Choice(true, Scope.ENDPOINT, Term.RUN);
  private static final Choice ALLOW_ALWAYS = new Choice(true, Scope.ENDPOINT, Term.ALWAYS);

  private static final Application OTHER_APP =
      Application.builder()
          .file("other.jar")
          .path("/opt/other.jar")
          .sha256("cd".repeat(32))
          .kind(Application.Kind.JAR)
          .jvm("17")
          .user("me")
          .pid(4712)
          .command(List.of("java", "-jar", "other.jar"))
          .directory("/opt")
          .build();

  private static final Application APP =
      Application.builder()
          .file("app.jar")
          .path("/opt/app.jar")
          .sha256("ab".repeat(32))
          .kind(Application.Kind.JAR)
          .jvm("17")
          .user("me")
          .pid(4711)
          .command(List.of("java", "-jar", "app.jar"))
          .directory("/opt")
          .build();

  @TempDir Path directory;

  private LocalServerFixture server;
  private FakeClient launcher;
  private FakeClient agent;

  @BeforeEach
  void start() throws IOException, PolicyException {
    begin("[[rule]]", "action = 'allow'", "host = 'yes.example'");
  }

  private void begin(String... rules) throws IOException, PolicyException {
    server = LocalServerFixture.asking(directory, rules);
    launcher = server.launcher(LocalServerFixture.TOKEN, APP);
    launcher.say(new Attend(true));
    agent = server.agent(launcher, LocalServerFixture.TOKEN, APP, 1);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  private void again(String... rules) throws Exception {
    server.stop();
    Files.delete(directory.resolve("console"));
    Files.delete(directory.resolve("s"));
    begin(rules);
  }

  private static void ask(FakeClient from, long id, Event event) throws IOException {
    from.say(new Message.Ask(id, event, Origin.UNKNOWN));
    assertThat(from.hear(Message.Asked.class).id()).isEqualTo(id);
  }

  private static Verdict decided(FakeClient by, long id) throws IOException {
    Message.Decided decided = by.await(Message.Decided.class);
    assertThat(decided.id()).isEqualTo(id);
    return decided.verdict();
  }

  /** Answers the next question; returns what the server says of that. */
  private static Answered answer(FakeClient person, Choice choice) throws IOException {
    Question question = person.await(Question.class);
    person.say(new Answer(7, question.id(), choice));
    return person.await(Answered.class);
  }

  private String stored() throws IOException {
    return Files.readString(server.policy());
  }

  @Test
  void whatNoRuleDecidesIsPutToWhoAttends() throws IOException {
    ask(agent, 1, ONE);
    Question question = launcher.hear(Question.class);

    assertThat(question.event()).isEqualTo(ONE);
    assertThat(question.application().file()).isEqualTo("app.jar");
    assertThat(question.standing()).isEqualTo(Standing.NEW);
    assertThat(question.tries()).isEqualTo(1);
    assertThat(question.total()).isEqualTo(120_000);
    assertThat(question.left()).isBetween(1L, 120_000L);
    assertThat(question.others()).isZero();
    assertThat(question.machine()).isEqualTo("host");
  }

  @Test
  void nobodyElseIsAsked() throws IOException {
    FakeClient other = server.launcher("other token", OTHER_APP);
    other.say(new Attend(true));
    other.sync();
    ask(agent, 1, ONE);
    launcher.hear(Question.class);

    other.say(new Message.Finish());
    other.hear(Message.Summary.class);
  }

  @Test
  void whatARuleDecidesIsAskedNobody() throws IOException {
    agent.say(new Message.Ask(1, Samples.connect("yes.example"), Origin.UNKNOWN));

    assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    launcher.say(new Message.Finish());
    launcher.hear(Message.Summary.class);
  }

  @Test
  void whereNobodyAttendsItIsDeniedAndListed() throws IOException {
    launcher.say(new Attend(false));
    launcher.sync();
    agent.say(new Message.Ask(1, ONE, Origin.UNKNOWN));
    agent.say(new Message.Ask(2, TWO, Origin.UNKNOWN));

    assertThat(decided(agent, 1).reason().kind()).isEqualTo(Reason.Kind.NOBODY);
    assertThat(decided(agent, 2).reason().kind()).isEqualTo(Reason.Kind.NOBODY);
    launcher.hear(
        new Message.Notice("no one to ask: events that the policy does not decide are denied"));
    launcher.say(new Message.Finish());
    assertThat(launcher.hear(Message.Summary.class).unasked())
        .hasSize(2)
        .last()
        .asString()
        .contains("[\"one.example\", \"two.example\"]");
  }

  @Test
  void theSameAskOfManyThreadsAndAgentsIsOneQuestion() throws IOException {
    FakeClient child = server.agent(launcher, LocalServerFixture.TOKEN, APP, 2);
    for (int i = 0; i < 100; i++) {
      ask(agent, i, ONE);
      ask(child, i, ONE);
    }
    Question question = launcher.hear(Question.class);
    Question last = question;
    while (last.tries() < 200) {
      last = launcher.hear(Question.class);
      assertThat(last.id()).isEqualTo(question.id());
    }
    launcher.say(new Answer(7, question.id(), ALLOW_ONCE));
    assertThat(launcher.hear(Settled.class))
        .isEqualTo(new Settled(question.id(), true, "me", "by an answer of me"));
    launcher.hear(new Answered(7, true, ""));

    for (FakeClient each : List.of(agent, child)) {
      for (int i = 0; i < 100; i++) {
        Verdict verdict = decided(each, i);
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.reuse()).isEqualTo(Verdict.Reuse.NOTHING);
      }
    }
    assertThat(server.recorded())
        .hasSize(200)
        .allMatch(line -> line.contains("\"reason\":{\"kind\":\"answer\",\"at\":\"me\"}"));
  }

  @Test
  void anAnswerForOnceIsForgotten() throws IOException {
    ask(agent, 1, ONE);
    answer(launcher, new Choice(false, Scope.ENDPOINT, Term.ONCE));
    Verdict verdict = decided(agent, 1);
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.reason().describe(ONE.describe() + " denied"))
        .isEqualTo("connect tcp to one.example:443 denied by an answer of me");

    ask(agent, 2, ONE);
    launcher.hear(Question.class);
  }

  @Test
  void anAnswerForTheRunIsForItsApplicationInAllOfItsAgents() throws IOException {
    FakeClient child = server.agent(launcher, LocalServerFixture.TOKEN, APP, 2);
    FakeClient other = server.agent(launcher, LocalServerFixture.TOKEN, OTHER_APP, 3);
    ask(child, 1, ONE);
    ask(other, 1, ONE);
    assertThat(answer(launcher, ALLOW_RUN)).isEqualTo(new Answered(7, true, ""));
    assertThat(decided(child, 1).allowed()).isTrue();

    agent.say(new Message.Ask(2, ONE, Origin.UNKNOWN));
    Verdict verdict = agent.hear(Message.Decided.class).verdict();
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.reuse()).isEqualTo(Verdict.Reuse.ENDPOINT);
    ask(agent, 3, Samples.connect("one.example", 80));
    ask(other, 2, ONE);
    assertThat(stored()).doesNotContain("one.example");

    FakeClient second = server.launcher("second", APP);
    second.say(new Attend(true));
    ask(server.agent(second, "second", APP, 9), 1, ONE);
  }

  @Test
  void anAnswerForEverIsOnDiskAndSettlesOtherRuns() throws IOException {
    FakeClient second = server.launcher("second", APP);
    second.say(new Attend(true));
    FakeClient elsewhere = server.agent(second, "second", APP, 9);
    ask(elsewhere, 1, ONE);
    ask(agent, 1, ONE);

    Answered answered = answer(launcher, ALLOW_ALWAYS);
    String at = server.policy() + ":" + line("[[rule]]", 2);
    assertThat(answered)
        .isEqualTo(
            new Answered(7, true, "saved as rule \"allow-connect-one.example-443\" (" + at + ")"));
    assertThat(decided(agent, 1).allowed()).isTrue();
    Verdict verdict = decided(elsewhere, 1);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo(new Reason(Reason.Kind.RULE, "allow-connect-one.example-443", at));
    assertThat(stored())
        .contains(
            String.join(
                "\n",
                "# added 2026-06-01T12:00:00Z by me: the application that asked",
                "[[app]]",
                "id     = \"app\"",
                "file   = \"app.jar\"",
                "sha256 = \"" + "ab".repeat(32) + "\""))
        .contains("# answered 2026-06-01T12:00:00Z by me: connect tcp to one.example:443\n[[rule]]")
        .contains("app      = \"app\"\n");
  }

  private int line(String text, int time) throws IOException {
    List<String> lines = Files.readAllLines(server.policy());
    int seen = 0;
    for (int i = 0; i < lines.size(); i++) {
      seen += lines.get(i).equals(text) ? 1 : 0;
      if (seen == time) {
        return i + 1;
      }
    }
    throw new AssertionError(lines);
  }

  @Test
  void anAnswerForAWhileEnds() throws IOException {
    ask(agent, 1, ONE);
    Choice choice = Choice.until(true, Scope.ENDPOINT, Samples.NOW.plus(Duration.ofMinutes(15)));
    assertThat(answer(launcher, choice).text()).startsWith("saved as rule");
    assertThat(decided(agent, 1).allowed()).isTrue();
    assertThat(stored()).contains("expires  = 2026-06-01T12:15:00Z");
    agent.say(new Message.Ask(2, ONE, Origin.UNKNOWN));
    assertThat(decided(agent, 2).reason().kind()).isEqualTo(Reason.Kind.RULE);

    server.clock().advance(Duration.ofMinutes(16));
    agent.say(new Message.Ask(3, ONE, Origin.UNKNOWN));
    assertThat(agent.await(Message.Asked.class).id()).isEqualTo(3);
  }

  @Test
  void anAnswerThatIsOverAlreadyIsRefused() throws IOException {
    ask(agent, 1, ONE);
    assertThat(answer(launcher, Choice.until(true, Scope.ENDPOINT, Samples.NOW)))
        .isEqualTo(new Answered(7, false, "that time is over"));
    Question open = open();
    assertThat(open.event()).isEqualTo(ONE);
  }

  /** The question as another attendant sees it. */
  private Question open() throws IOException {
    return server.console("bob", 1).await(Question.class);
  }

  @Test
  void anAnswerAboutAnOriginLeavesOtherOriginsWaiting() throws IOException {
    Origin driver = origin("pg.Driver");
    Origin spy = origin("spy.Eye");
    agent.say(new Message.Ask(1, ONE, driver));
    agent.await(Message.Asked.class);
    agent.say(new Message.Ask(2, ONE, spy));
    agent.await(Message.Asked.class);
    agent.say(new Message.Ask(3, TWO, driver));
    agent.await(Message.Asked.class);
    launcher.await(Question.class);

    Question first = open();
    launcher.say(new Answer(7, first.id(), new Choice(true, Scope.ORIGIN, Term.ONCE)));
    assertThat(decided(agent, 1).allowed()).isTrue();
    assertThat(decided(agent, 3).allowed()).isTrue();
    Question left = open();
    assertThat(left.id()).isEqualTo(first.id());
    assertThat(left.origin().frames().get(0).type()).isEqualTo("spy.Eye");
    launcher.say(new Answer(8, left.id(), new Choice(false, Scope.ENDPOINT, Term.ONCE)));
    assertThat(decided(agent, 2).allowed()).isFalse();
  }

  /** Of no jar: nothing has to be measured by the launcher. */
  private static Origin origin(String type) {
    return new Origin(List.of(new Origin.Frame(type, "m", 1, "", Origin.Source.NONE)), "main");
  }

  @Test
  void anAnswerToARuleThatAsksHasItsPriority() throws Exception {
    again(
        "[[rule]]",
        "id = 'maybe'",
        "action = 'ask'",
        "host = 'one.example'",
        "priority = 5",
        "[[rule]]",
        "action = 'deny'",
        "host = '*.example'");
    ask(agent, 1, ONE);
    assertThat(answer(launcher, ALLOW_ALWAYS).text()).startsWith("saved as rule");
    assertThat(decided(agent, 1).allowed()).isTrue();

    assertThat(stored()).contains("priority = 5\n");
    agent.say(new Message.Ask(2, ONE, Origin.UNKNOWN));
    assertThat(decided(agent, 2).allowed()).isTrue();
    agent.say(new Message.Ask(3, TWO, Origin.UNKNOWN));
    assertThat(decided(agent, 3).allowed()).isFalse();
  }

  @Test
  void whatNobodyAnswersInTimeIsDenied() throws Exception {
    again("[default]", "ask-timeout = '1s'");
    ask(agent, 1, ONE);
    Question question = launcher.hear(Question.class);

    assertThat(decided(agent, 1).reason().kind()).isEqualTo(Reason.Kind.UNANSWERED);
    launcher.hear(new Settled(question.id(), false, "", "because no one answered in time"));
    launcher.say(new Answer(7, question.id(), ALLOW_ONCE));
    assertThat(launcher.await(Answered.class))
        .isEqualTo(new Answered(7, false, "the question is closed already"));
  }

  @Test
  void theRestOfARunCanBeDenied() throws IOException {
    ask(agent, 1, ONE);
    ask(agent, 2, TWO);
    launcher.say(new DenyRest(launcher.await(Question.class).id()));

    // The second may have been on its way still.
    List<Message.Decided> both =
        List.of(agent.await(Message.Decided.class), agent.await(Message.Decided.class));
    assertThat(both).extracting(Message.Decided::id).containsExactlyInAnyOrder(1L, 2L);
    assertThat(both).noneMatch(each -> each.verdict().allowed());
    agent.say(new Message.Ask(3, Samples.connect("three.example"), Origin.UNKNOWN));
    assertThat(decided(agent, 3).reason()).isEqualTo(new Reason(Reason.Kind.ANSWER, "", "me"));
    agent.say(new Message.Ask(4, Samples.connect("yes.example"), Origin.UNKNOWN));
    assertThat(decided(agent, 4).allowed()).isTrue();
  }

  @Test
  void whatEverybodyDismissesIsDenied() throws IOException {
    FakeClient console = server.console("bob", 1);
    ask(agent, 1, ONE);
    long id = launcher.await(Question.class).id();
    launcher.say(new Dismiss(id));
    launcher.sync();
    assertThat(console.await(Question.class).id()).isEqualTo(id);
    ask(agent, 2, ONE);
    console.say(new Dismiss(id));

    assertThat(decided(agent, 1).reason().describe()).isEqualTo("because it was left unanswered");
    assertThat(decided(agent, 2).reason().describe()).isEqualTo("because it was left unanswered");
    assertThat(launcher.await(Settled.class).by()).isEmpty();
    assertThat(console.await(Settled.class).by()).isEmpty();
  }

  @Test
  void aQuestionSaysWhetherSomebodyElseIsAsked() throws IOException {
    ask(agent, 1, ONE);
    assertThat(launcher.await(Question.class).elsewhere()).isFalse();
    FakeClient console = server.console("bob", 1);
    assertThat(console.await(Question.class).elsewhere()).isTrue();
    assertThat(launcher.await(Question.class).elsewhere()).isTrue();
  }

  @Test
  void whenTheLastAttendantGoesItIsDenied() throws IOException {
    FakeClient console = server.console("bob", 1);
    ask(agent, 1, ONE);
    console.await(Question.class);
    launcher.say(new Attend(false));
    launcher.sync();
    ask(agent, 2, ONE);
    console.close();

    assertThat(decided(agent, 1).reason().kind()).isEqualTo(Reason.Kind.NOBODY);
    assertThat(decided(agent, 2).reason().kind()).isEqualTo(Reason.Kind.NOBODY);
  }

  @Test
  void whenTheApplicationGoesTheQuestionGoes() throws IOException {
    ask(agent, 1, ONE);
    long id = launcher.await(Question.class).id();
    agent.close();

    launcher.hear(
        new Settled(id, false, "", "because the application ended before it was answered"));
  }

  @Test
  void anEditOfThePolicySettlesWhatWaits() throws IOException {
    ask(agent, 1, ONE);
    long id = launcher.await(Question.class).id();
    Files.writeString(
        server.policy(), Samples.text("[[rule]]", "action = 'allow'", "host = '*.example'"));

    Settled settled = launcher.await(Settled.class);
    assertThat(settled.question()).isEqualTo(id);
    assertThat(settled.allowed()).isTrue();
    assertThat(settled.by()).isEmpty();
    assertThat(decided(agent, 1).reason().kind()).isEqualTo(Reason.Kind.RULE);
  }

  @Test
  void anAnswerThatCannotBeSavedIsGoodForTheRun() throws IOException {
    ask(agent, 1, ONE);
    Question question = launcher.await(Question.class);
    Files.writeString(server.policy(), "oops");
    launcher.say(new Answer(7, question.id(), ALLOW_ALWAYS));

    assertThat(launcher.await(Answered.class).text())
        .startsWith("NOT saved, good for this run only: " + server.policy() + ":1:");
    assertThat(decided(agent, 1).allowed()).isTrue();
    agent.say(new Message.Ask(2, ONE, Origin.UNKNOWN));
    assertThat(decided(agent, 2).allowed()).isTrue();
    assertThat(stored()).isEqualTo("oops");
  }

  @Test
  void anAnswerForAWhileThatCannotBeSavedEndsToo() throws IOException {
    ask(agent, 1, ONE);
    Question question = launcher.await(Question.class);
    Files.writeString(server.policy(), "oops");
    Choice choice = Choice.until(true, Scope.ENDPOINT, Samples.NOW.plusSeconds(60));
    launcher.say(new Answer(7, question.id(), choice));
    assertThat(launcher.await(Answered.class).text()).startsWith("NOT saved");
    agent.say(new Message.Ask(2, ONE, Origin.UNKNOWN));
    decided(agent, 1);
    assertThat(decided(agent, 2).reuse()).isEqualTo(Verdict.Reuse.NOTHING);

    server.clock().advance(Duration.ofMinutes(2));
    ask(agent, 3, ONE);
  }

  @Test
  void ofTwoAnswersTheFirstCounts() throws IOException {
    FakeClient console = server.console("bob", 1);
    ask(agent, 1, ONE);
    long id = console.await(Question.class).id();
    launcher.await(Question.class);
    launcher.say(new Answer(7, id, ALLOW_ALWAYS));
    assertThat(console.await(Settled.class))
        .isEqualTo(new Settled(id, true, "me", "by an answer of me"));
    console.say(new Answer(8, id, new Choice(false, Scope.APPLICATION, Term.ALWAYS)));

    assertThat(console.await(Answered.class))
        .isEqualTo(new Answered(8, false, "the question is closed already"));
    assertThat(launcher.await(Answered.class).text()).startsWith("saved as rule");
    assertThat(decided(agent, 1).allowed()).isTrue();
    assertThat(stored()).doesNotContain("deny");
  }

  @Test
  void whatIsShownBeforehandIsWhatIsWritten() throws IOException {
    ask(agent, 1, ONE);
    long id = launcher.await(Question.class).id();
    launcher.say(new Preview(3, id, ALLOW_ALWAYS));
    Previewed previewed = launcher.await(Previewed.class);
    assertThat(previewed.file()).isEqualTo(server.policy().toString());
    assertThat(previewed.problem()).isEmpty();
    assertThat(stored()).doesNotContain("one.example");
    launcher.say(new Answer(4, id, ALLOW_ALWAYS));
    launcher.await(Answered.class);

    assertThat(Files.readAllLines(server.policy())).containsSubsequence(previewed.lines());
  }

  @Test
  void moreIsKnownThanIsShown() throws IOException {
    ask(agent, 1, ONE);
    long id = launcher.await(Question.class).id();
    launcher.say(new Inspect(5, id));
    Details details = launcher.await(Details.class);

    assertThat(details.id()).isEqualTo(5);
    assertThat(details.processes()).isNotEmpty();
    launcher.say(new Inspect(6, 99));
    launcher.hear(new Details(6, List.of(), List.of(), List.of()));
  }

  @Test
  void longNamesCloseNobodysConnection() throws IOException {
    String name = "\u202e".repeat(2_000);
    List<String> hosts = List.of(name, name, name);
    Event.Inet inet = ((Event.Inet) ONE).withHost(name);
    Origin.Frame frame =
        new Origin.Frame(name, name, 1, name, new Origin.Source("", "", name + ":" + name + ":1"));
    Origin origin = new Origin(java.util.Collections.nCopies(32, frame), name);
    for (Event event :
        List.of(inet, new Event.Resolve(name, null), new Event.Unix(EventKind.CONNECT, name))) {
      agent.say(new Message.Ask(1, event, origin));
      agent.await(Message.Asked.class);
      long id = launcher.await(Question.class).id();
      launcher.say(new Inspect(5, id));
      assertThat(launcher.await(Details.class).stack()).isNotEmpty();
      launcher.say(new Preview(6, id, ALLOW_ALWAYS));
      assertThat(launcher.await(Previewed.class).problem()).isNotEmpty();
      launcher.say(new Answer(7, id, ALLOW_ALWAYS));
      assertThat(launcher.await(Answered.class).accepted()).isFalse();
      launcher.say(new Answer(7, id, ALLOW_ONCE));
      assertThat(launcher.await(Answered.class).accepted()).isTrue();
      assertThat(decided(agent, 1).allowed()).isTrue();
    }
    agent.say(new Message.Ask(2, inet.withNames(hosts), origin));
    agent.await(Message.Asked.class);
    launcher.say(new Answer(8, launcher.await(Question.class).id(), ALLOW_ONCE));
    assertThat(decided(agent, 2).allowed()).isTrue();
  }

  @Test
  void theServersSocketIsNobodysByWhateverPath() throws Exception {
    Path socket = server.socket();
    Path soft = Files.createSymbolicLink(directory.resolve("soft"), socket);
    Path hard = Files.createLink(directory.resolve("hard"), socket);
    int id = 0;
    for (Path path : List.of(socket, soft, hard, directory.resolve("x/../s"))) {
      Event event = new Event.Unix(EventKind.CONNECT, path.toString());
      agent.say(new Message.Ask(++id, event, Origin.UNKNOWN));
      assertThat(decided(agent, id)).isEqualTo(Verdict.denied(Reason.Kind.PROTECTED));
    }
  }

  @Test
  void anotherPathMayBeTheServersNextTime() throws IOException {
    ask(agent, 1, new Event.Unix(EventKind.CONNECT, "/run/x"));
    answer(launcher, ALLOW_RUN);
    decided(agent, 1);
    agent.say(new Message.Ask(2, new Event.Unix(EventKind.CONNECT, "/run/x"), Origin.UNKNOWN));
    Verdict verdict = decided(agent, 2);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.reuse()).isEqualTo(Verdict.Reuse.NOTHING);
  }
}
