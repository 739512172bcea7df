package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.resident.ResidentServer;
import io.github.appaware.testkit.FakeClock;
import io.github.appaware.testkit.ResidentServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** For whom a remote server keeps questions that nobody can be asked yet, and for how long. */
@Timeout(300)
class RespondersTest {
  private static final Event ASK = Samples.connect("ask.example");
  private static final Duration ALMOST = ResidentServer.RESPONDER_RETURN.minusMillis(1);
  private static final Choice ALLOW = new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ONCE);

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock();
  private ResidentServerFixture server;
  private ClientTrust operator;
  private FrameChannel agent;

  @BeforeEach
  void serve() throws Exception {
    server = new ResidentServerFixture(directory, clock);
    operator = server.enrolled(Role.OPERATOR, "olga");
    agent = server.agent(server.enrolled(Role.AGENT, "host-1"), "r");
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private void ask(long id) throws IOException {
    agent.write(new Message.Ask(id, ASK, Origin.UNKNOWN));
  }

  /** Waits until a person is to be asked. */
  private void asked(long id) throws IOException {
    ask(id);
    assertThat(agent.read()).isInstanceOf(Message.Asked.class);
  }

  private Verdict decided() throws IOException {
    return ResidentServerFixture.next(agent, Message.Decided.class).verdict();
  }

  private void deniedAsEver() throws IOException {
    assertThat(decided().reason().describe())
        .matches("because rule \"ask\" \\(.*p.toml:\\d+\\) says ask and there is no one to ask");
  }

  /** The next ask is not put to anybody. */
  private void deniedAtOnce(long id) throws IOException {
    ask(id);
    Message answer = agent.read();
    while (answer instanceof Message.Notice) {
      answer = agent.read();
    }
    assertThat(answer).isInstanceOf(Message.Decided.class);
    Verdict verdict = ((Message.Decided) answer).verdict();
    assertThat(verdict.reason().kind()).isEqualTo(Reason.Kind.NOBODY);
    assertThat(verdict.allowed()).isFalse();
  }

  private FrameChannel attending() throws Exception {
    FrameChannel console = server.console(operator);
    console.write(new QuestionMessage.Attend(true));
    console.write(new Message.Flush(5));
    ResidentServerFixture.next(console, Message.Noted.class);
    return console;
  }

  private void allow(FrameChannel console) throws IOException {
    long id = ResidentServerFixture.next(console, QuestionMessage.Question.class).id();
    console.write(new QuestionMessage.Answer(1, id, ALLOW));
  }

  /** As when the network breaks, or the console's machine. */
  private void breakOff(FrameChannel console) throws IOException {
    console.write(new Message.Flush(6));
    ResidentServerFixture.next(
        console, Message.Noted.class); // a welcome comes before the server counts it
    int before = server.state().consoles();
    console.close();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.state().consoles() == before) {
      assertThat(System.nanoTime()).as("the server sees the end in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsAskedBeforeAnybodyIsBackIsPutToWhoComes() throws Exception {
    asked(1);
    clock.advance(ALMOST);
    allow(attending());

    assertThat(decided().allowed()).isTrue();
  }

  @Test
  void whenNobodyComesInTimeItIsDeniedAsEver() throws Exception {
    asked(1);
    clock.advance(ResidentServer.RESPONDER_RETURN);

    deniedAsEver();
    deniedAtOnce(2);
    assertThat(server.recorded()).hasSize(2).allMatch(line -> line.contains("\"nobody\""));
    assertThat(server.state().questions()).isZero();
  }

  @Test
  void whoBreaksOffIsWaitedForAndAskedAgain() throws Exception {
    clock.advance(ResidentServer.RESPONDER_RETURN);
    FrameChannel console = attending();
    asked(1);
    ResidentServerFixture.next(console, QuestionMessage.Question.class);
    breakOff(console);
    asked(2);
    clock.advance(ALMOST);
    FrameChannel again = attending();
    QuestionMessage.Question question =
        ResidentServerFixture.next(again, QuestionMessage.Question.class);
    assertThat(question.tries()).isEqualTo(2);
    again.write(new QuestionMessage.Answer(1, question.id(), ALLOW));

    assertThat(decided().allowed()).isTrue();
    assertThat(decided().allowed()).isTrue();
  }

  @Test
  void whoBreaksOffForGoodIsNotWaitedForForEver() throws Exception {
    clock.advance(ResidentServer.RESPONDER_RETURN);
    FrameChannel console = attending();
    asked(1);
    breakOff(console);
    clock.advance(ResidentServer.RESPONDER_RETURN);

    deniedAsEver();
    deniedAtOnce(2);
  }

  @Test
  void whoLeavesOnPurposeIsNotWaitedFor() throws Exception {
    clock.advance(ResidentServer.RESPONDER_RETURN);
    FrameChannel console = attending();
    asked(1);
    console.write(new QuestionMessage.Attend(false));

    deniedAsEver();
    breakOff(console);
    deniedAtOnce(2);
  }

  @Test
  void whoMayNotAnswerIsNotWaitedFor() throws Exception {
    clock.advance(ResidentServer.RESPONDER_RETURN);
    breakOff(server.console(server.enrolled(Role.AUDITOR, "arno")));
    deniedAtOnce(1);
    breakOff(server.console(operator)); // it did not want to be asked
    deniedAtOnce(2);
  }

  @Test
  void aClockThatIsSetBackLengthensNothing() throws Exception {
    asked(1);
    clock.advance(Duration.ofHours(-1));

    deniedAsEver();
    deniedAtOnce(2);
  }
}
