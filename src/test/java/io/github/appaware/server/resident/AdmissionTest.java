package io.github.appaware.server.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may say what to a decision server. */
@Timeout(300)
class AdmissionTest {
  private static final Event EVENT = Samples.connect("yes.example");

  private static final List<Message> FROM_LAUNCHER =
      List.of(
          new Message.Started(1),
          new Message.Measured(1, Samples.APP),
          new Message.Unmeasured(1, "why"),
          new Message.SourcesMeasured(1, List.of()),
          new Message.Adopting(),
          new Message.Unjudged(1, "curl", 1, 1),
          new Message.Finish());

  private static final List<Message> FROM_AGENT =
      List.of(
          new Message.Ask(1, EVENT, Origin.UNKNOWN),
          new Message.Used(EVENT, Origin.UNKNOWN, Verdict.denied(Reason.Kind.RULE), 1, 0));

  /** Of any client that was welcomed. */
  private static final List<Message> FROM_ANY = List.of(new Message.Flush(1), new Message.Ping());

  /** Also said by a launcher. */
  private static final List<Message> FROM_CONSOLE =
      List.of(
          new QuestionMessage.Attend(false),
          new QuestionMessage.Announce(),
          new QuestionMessage.Answer(1, 1, Choice.DENY_ONCE),
          new QuestionMessage.Preview(1, 1, Choice.DENY_ONCE),
          new QuestionMessage.Pin(1, 2),
          new QuestionMessage.Inspect(1, 1),
          new QuestionMessage.Dismiss(1),
          new QuestionMessage.DenyRest(1),
          new QuestionMessage.Engage(1),
          new QuestionMessage.TakeBack(1, 1));

  private static final List<Message> FIRST =
      List.of(
          new Message.Register(Message.VERSION, LocalServerFixture.KEY, "other", Samples.APP),
          new Message.Hello(Message.VERSION, LocalServerFixture.TOKEN, 1),
          new Message.Guard(Message.VERSION, LocalServerFixture.KEY, "other", Samples.APP),
          new Message.Vouch("key", 1),
          new QuestionMessage.Watch(Message.VERSION, "key", "me"));

  private static final List<Message> FROM_SERVER =
      List.of(
          new Message.Welcome(1),
          new Message.Refused("why"),
          new Message.Decided(1, Verdict.denied(Reason.Kind.RULE)),
          new Message.Asked(1, 1),
          new Message.Noted(1),
          new Message.Pong(),
          new Message.Epoch(1),
          new Message.NameServers(List.of()),
          new Message.Stop("why"),
          new Message.Measure(1, 1),
          new Message.MeasureSources(1, List.of()),
          new Message.Adopt(),
          new Message.Notice("text"),
          new Message.Summary(1, 0, 1, 0, List.of(), 0, List.of(), List.of(), 0, List.of(), 1),
          new QuestionMessage.Question(
              1,
              "run",
              "host",
              Samples.APP,
              QuestionMessage.Standing.NEW,
              EVENT,
              Origin.UNKNOWN,
              1,
              1,
              1,
              0,
              List.of()),
          new QuestionMessage.Settled(1, true, "", ""),
          new QuestionMessage.Answered(1, true, ""),
          new QuestionMessage.Previewed(1, "", List.of(), ""),
          new QuestionMessage.Details(1, List.of(), List.of(), List.of()),
          new QuestionMessage.RunInfo("run", "host", Samples.APP, 1, 1, 1, false),
          new QuestionMessage.Happened("{}"),
          new QuestionMessage.Missed(1));

  /** Only remote servers understand them. */
  private static final List<Message> ABOUT_TRUST =
      List.of(
          new Message.Enroll(Message.VERSION, "token", "", "host", "key", "proof"),
          new Message.Enrolled("certificate"),
          new Message.Renew(Message.VERSION, "key", "proof"),
          new Message.Renewed("certificate"),
          new Message.NotRenewed("why"),
          new Message.Join(Message.VERSION, "run", Samples.APP, false));

  static final List<Message> NOT_FIRST =
      all(List.of(FROM_LAUNCHER, FROM_AGENT, FROM_ANY, FROM_CONSOLE, FROM_SERVER, ABOUT_TRUST));
  static final List<Message> NOT_OF_A_LAUNCHER =
      all(List.of(FIRST, FROM_AGENT, FROM_SERVER, ABOUT_TRUST));
  static final List<Message> NOT_OF_AN_AGENT =
      all(List.of(FIRST, FROM_LAUNCHER, FROM_CONSOLE, FROM_SERVER, ABOUT_TRUST));
  static final List<Message> NOT_OF_A_CONSOLE =
      all(List.of(FIRST, FROM_LAUNCHER, FROM_AGENT, FROM_SERVER, ABOUT_TRUST));
  static final List<Message> EVERYTHING =
      all(
          List.of(
              FIRST, FROM_LAUNCHER, FROM_AGENT, FROM_ANY, FROM_CONSOLE, FROM_SERVER, ABOUT_TRUST));

  private LocalServerFixture server;

  private static List<Message> all(List<List<Message>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, PolicyException {
    server = LocalServerFixture.start(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  @Test
  void theMessagesAreOfEveryType() {
    assertThat(EVERYTHING)
        .extracting(Object::getClass)
        .containsOnly(types(Message.class).toArray(Class<?>[]::new));
  }

  private static Stream<Class<?>> types(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? types(each) : Stream.of(each));
  }

  @Test
  void aLauncherNeedsTheKey() throws IOException {
    FakeClient impostor = server.connect();
    impostor.say(
        new Message.Register(Message.VERSION, "no key", LocalServerFixture.TOKEN, Samples.APP));
    impostor.hearEnd();

    FakeClient agent = server.stranger(1);
    agent.hear(new Message.Refused("the run it belongs to is over or unknown"));
  }

  @Test
  void aGuardNeedsTheKeyAndTheTokenOfARun() throws IOException {
    server.launcher();
    for (Message impostor :
        List.of(
            new Message.Guard(Message.VERSION, "no key", LocalServerFixture.TOKEN, Samples.APP),
            new Message.Guard(Message.VERSION, LocalServerFixture.KEY, "no token", Samples.APP),
            new Message.Guard(
                Message.VERSION + 1, LocalServerFixture.KEY, LocalServerFixture.TOKEN, Samples.APP),
            new Message.Vouch("no key", 1))) {
      FakeClient client = server.connect();
      client.say(impostor);
      client.hearEnd();
    }
    FakeClient guard = server.connect();
    guard.say(
        new Message.Guard(
            Message.VERSION, LocalServerFixture.KEY, LocalServerFixture.TOKEN, Samples.APP));
    guard.hear(new Message.Welcome(1));
  }

  @Test
  void aLauncherOfAnotherVersionIsNotServed() throws IOException {
    FakeClient launcher = server.connect();
    launcher.say(
        new Message.Register(
            Message.VERSION + 1, LocalServerFixture.KEY, LocalServerFixture.TOKEN, Samples.APP));
    launcher.hearEnd();
  }

  @Test
  void anAgentNeedsTheTokenOfARun() throws IOException {
    server.launcher();
    for (String token : List.of("", "the tokem", "the token ", "the toke")) {
      FakeClient agent = server.connect();
      agent.say(new Message.Hello(Message.VERSION, token, 1));
      agent.hear(new Message.Refused("the run it belongs to is over or unknown"));
      agent.hearEnd();
    }
  }

  @Test
  void anAgentOfAnotherVersionIsRefused() throws IOException {
    server.launcher();
    FakeClient agent = server.connect();
    agent.say(new Message.Hello(Message.VERSION + 1, LocalServerFixture.TOKEN, 1));

    agent.hear(new Message.Refused("agent and server are of different versions of appaware"));
    agent.hearEnd();
  }

  @Test
  void anAgentIsWelcomeOnceItsProcessIsMeasured() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.stranger(42);
    Message.Measure measure = launcher.hear(Message.Measure.class);
    assertThat(measure.pid()).isEqualTo(42);
    launcher.say(new Message.Measured(measure.id(), Samples.APP));

    agent.hear(new Message.Welcome(1));
  }

  @Test
  void anAgentThatCannotBeMeasuredHearsNothingButItsRefusal() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.stranger(42);
    Message.Measure measure = launcher.hear(Message.Measure.class);
    launcher.say(new Message.Unmeasured(measure.id(), "it is gone"));

    agent.hear(new Message.Refused("its process can't be identified: it is gone"));
    agent.hearEnd();
  }

  @Test
  void measurementsGoToTheirOwnAgents() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient one = server.stranger(1);
    Message.Measure first = launcher.hear(Message.Measure.class);
    FakeClient other = server.stranger(2);
    Message.Measure second = launcher.hear(Message.Measure.class);
    launcher.say(new Message.Measured(99, Samples.APP)); // nobody's
    launcher.say(new Message.Measured(second.id(), Samples.APP));
    launcher.say(new Message.Unmeasured(first.id(), "it is gone"));

    other.hear(new Message.Welcome(1));
    one.hear(new Message.Refused("its process can't be identified: it is gone"));
  }

  @ParameterizedTest
  @FieldSource("NOT_FIRST")
  void aClientMustSayWhoItIsFirst(Message message) throws IOException {
    server.launcher();
    FakeClient client = server.connect();
    client.say(message);

    client.hearEnd();
  }

  @ParameterizedTest
  @FieldSource("EVERYTHING")
  void whoIsNotMeasuredYetMaySayNothing(Message message) throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.stranger(1);
    launcher.hear(Message.Measure.class);
    agent.say(message);

    agent.hearEnd();
  }

  @ParameterizedTest
  @FieldSource("NOT_OF_AN_AGENT")
  void anAgentMaySayWhatAgentsSay(Message message) throws IOException {
    FakeClient agent = server.agent(server.launcher(), 1);
    agent.say(message);

    agent.hearEnd();
  }

  @ParameterizedTest
  @FieldSource("NOT_OF_A_LAUNCHER")
  void aLauncherMaySayWhatLaunchersSay(Message message) throws IOException {
    FakeClient launcher = server.launcher();
    launcher.say(message);

    launcher.hearEnd();
  }

  @ParameterizedTest
  @FieldSource("NOT_OF_A_CONSOLE")
  void aConsoleMaySayWhatConsolesSay(Message message) throws IOException {
    FakeClient console = server.console("alice", 0);
    console.say(message);

    console.hearEnd();
  }

  @Test
  void aPingAndAFlushOfAnyClientAreAnswered() throws IOException {
    FakeClient launcher = server.launcher();
    for (FakeClient each :
        List.of(launcher, server.agent(launcher, 1), server.console("alice", 0))) {
      each.say(new Message.Ping());
      each.hear(new Message.Pong());
      each.say(new Message.Flush(7));
      each.hear(new Message.Noted(7));
    }
  }

  @Test
  void aConsoleNeedsTheKeyOfConsoles() throws IOException {
    for (String key : List.of("", LocalServerFixture.KEY, LocalServerFixture.TOKEN)) {
      FakeClient console = server.connect();
      console.say(new QuestionMessage.Watch(Message.VERSION, key, "me"));
      console.hearEnd();
    }
  }

  @Test
  void aConsoleOfAnotherVersionIsRefused() throws IOException {
    FakeClient console = server.connect();
    console.say(new QuestionMessage.Watch(Message.VERSION + 1, "key", "me"));

    console.hear(new Message.Refused("console and server are of different versions of appaware"));
    console.hearEnd();
  }

  @Test
  void garbageClosesTheConnectionItCameOnAndNoOther() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient good = server.agent(launcher, 1);
    FakeClient bad = server.agent(launcher, 2);
    bad.sayRaw(0, 0, 0, 1, 0xff);
    bad.hearEnd();

    good.say(new Message.Ask(1, EVENT, Origin.UNKNOWN));
    assertThat(good.hear(Message.Decided.class).verdict().allowed()).isTrue();
    launcher.say(new Message.Finish());
    assertThat(launcher.hear(Message.Summary.class).allowed()).isEqualTo(1);
  }

  @Test
  void aBadPolicyOpensNoServer(@TempDir Path other) {
    assertThatThrownBy(() -> LocalServerFixture.start(other, null, "oops"))
        .isInstanceOf(PolicyException.class);
    assertThat(other.resolve("s")).doesNotExist();
  }

  @Test
  void aRecordThatCannotBeWrittenOpensNoServer(@TempDir Path other) {
    assertThatThrownBy(() -> LocalServerFixture.start(other, other.resolve("missing/log")))
        .isInstanceOf(IOException.class);
    assertThat(other.resolve("s")).doesNotExist();
  }
}
