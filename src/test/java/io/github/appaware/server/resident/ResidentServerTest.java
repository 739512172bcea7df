package io.github.appaware.server.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.ResidentServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may say what to a remote server, over TLS, and who does not get in. */
@Timeout(300)
class ResidentServerTest {
  private static final Event YES = Samples.connect("yes.example");
  private static final Event ASK = Samples.connect("ask.example");
  private static final QuestionMessage.Answer ANSWER =
      new QuestionMessage.Answer(1, 1, new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ONCE));

  @TempDir Path directory;
  private ResidentServerFixture server;

  @BeforeEach
  void serve() throws Exception {
    server = new ResidentServerFixture(directory);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  @Test
  void whatAnOperatorAllowsIsAllowedAndTheRecordNamesMachineAndUser() throws Exception {
    FrameChannel console = server.console(server.enrolled(Role.OPERATOR, "olga"));
    console.write(new QuestionMessage.Attend(true));
    console.write(new Message.Flush(5));
    ResidentServerFixture.next(console, Message.Noted.class);
    FrameChannel agent = server.agent(server.enrolled(Role.AGENT, "host-1"), "r");
    agent.write(new Message.Ask(1, ASK, Origin.UNKNOWN));
    ResidentServerFixture.next(agent, Message.Asked.class);
    QuestionMessage.Question question =
        ResidentServerFixture.next(console, QuestionMessage.Question.class);
    console.write(new QuestionMessage.Answer(1, question.id(), ANSWER.choice()));

    assertThat(ResidentServerFixture.next(agent, Message.Decided.class).verdict().allowed())
        .isTrue();
    assertThat(question.machine()).isEqualTo("host-1");
    assertThat(ResidentServerFixture.next(console, QuestionMessage.Settled.class).by())
        .isEqualTo("olga");
    assertThat(server.recorded()).hasSize(1);
    assertThat(server.recorded().get(0))
        .contains("\"machine\":\"host-1\"")
        .contains("\"user\":\"me\"");
  }

  @Test
  void anAgentMayNotWatchNorAnswer() throws Exception {
    ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
    FrameChannel watching = server.connect(trust);
    watching.write(new QuestionMessage.Watch(Message.VERSION, "", "me"));
    ResidentServerFixture.hearEnd(watching);
    assertThat(server.told())
        .isEqualTo("refused `host-1`: an agent may not say Watch" + keepOut("host-1"));
    FrameChannel answering = server.agent(trust, "r");
    answering.write(ANSWER);
    ResidentServerFixture.hearEnd(answering);
    assertThat(server.told())
        .isEqualTo("refused `host-1`: not for a server: Answer" + keepOut("host-1"));
  }

  @Test
  void anAuditorMayOnlySee() throws Exception {
    FrameChannel console = server.console(server.enrolled(Role.AUDITOR, "arno"));
    server
        .agent(server.enrolled(Role.AGENT, "host-1"), "r")
        .write(new Message.Ask(1, YES, Origin.UNKNOWN));
    assertThat(ResidentServerFixture.next(console, QuestionMessage.Happened.class).line())
        .contains("host-1");
    console.write(ANSWER);
    Message end = console.read();
    while (end instanceof QuestionMessage.RunInfo) {
      end = console.read();
    }
    assertThat(end).isNull();
    assertThat(server.told())
        .isEqualTo("refused `arno`: a console may not say Answer" + keepOut("arno"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OPERATOR", "AUDITOR"})
  void whoIsNoAgentMayNotJoin(Role role) throws Exception {
    FrameChannel channel = server.connect(server.enrolled(role, "olga"));
    channel.write(new Message.Join(Message.VERSION, "r", Samples.APP, false));
    ResidentServerFixture.hearEnd(channel);
    assertThat(server.told())
        .isEqualTo("refused `olga`: an " + role.label() + " may not say Join" + keepOut("olga"));
  }

  private static String keepOut(String name) {
    return "\nhelp: look what runs there; `appaware server revoke " + name + "` keeps it out";
  }

  @Test
  void withoutACertificateNothingButEnrollingIsOpen() throws Exception {
    ClientTrust known = server.enrolled(Role.AGENT, "host-1");
    for (Message each :
        List.of(
            new Message.Join(Message.VERSION, "r", Samples.APP, false),
            new QuestionMessage.Watch(Message.VERSION, "", "me"),
            new Message.Flush(1),
            ANSWER)) {
      FrameChannel stranger = new FrameChannel(anonymous(known));
      stranger.write(each);
      ResidentServerFixture.hearEnd(stranger);
      assertThat(server.told())
          .matches(
              "refused 127.0.0.1:\\d+: without a certificate, it may not say "
                  + each.getClass().getSimpleName()
                  + "\nhelp: it can enrol, with what `appaware server token` prints, and nothing"
                  + " else");
      stranger.close();
    }
  }

  private TlsChannel anonymous(ClientTrust known) throws Exception {
    return TlsClient.anonymous(
            known.server(),
            server.authority().token(Role.AGENT, "", Duration.ofHours(1)).fingerprint(),
            Clock.systemUTC())
        .connect(ResidentServerFixture.WITHIN);
  }

  @Test
  void runsOfTheSameNameOnDifferentMachinesAreDifferentRuns() throws Exception {
    FrameChannel console = server.console(server.enrolled(Role.OPERATOR, "olga"));
    FrameChannel first = server.agent(server.enrolled(Role.AGENT, "host-1"), "r");
    QuestionMessage.RunInfo one =
        ResidentServerFixture.next(console, QuestionMessage.RunInfo.class);
    FrameChannel second = server.agent(server.enrolled(Role.AGENT, "host-2"), "r");
    QuestionMessage.RunInfo two =
        ResidentServerFixture.next(console, QuestionMessage.RunInfo.class);
    while (!two.machine().equals("host-2")) {
      two = ResidentServerFixture.next(console, QuestionMessage.RunInfo.class);
    }
    assertThat(one.machine()).isEqualTo("host-1");
    assertThat(two.run()).isNotEqualTo(one.run());
    first.close();
    second.close();
  }

  @Test
  void anotherVersionIsRefusedInWords() throws Exception {
    FrameChannel agent = server.connect(server.enrolled(Role.AGENT, "host-1"));
    agent.write(new Message.Join(Message.VERSION + 1, "r", Samples.APP, false));
    assertThat(agent.read())
        .isEqualTo(new Message.Refused("agent and server are of different versions of appaware"));
    ResidentServerFixture.hearEnd(agent);
    assertThat(server.told())
        .isEqualTo(
            "refused `host-1`: its messages are of version "
                + (Message.VERSION + 1)
                + ", this server's of "
                + Message.VERSION
                + "\n"
                + "help: install the same version of appaware on both sides");
  }

  @Test
  void aRevokedAgentIsSentAwayWithinASecondAndNotLetInAgain() throws Exception {
    ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
    FrameChannel agent = server.agent(trust, "r");
    server.authority().revoke("host-1");
    long began = System.nanoTime();

    assertThat(ResidentServerFixture.next(agent, Message.Refused.class).why())
        .isEqualTo("the certificate of `host-1` was revoked");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    ResidentServerFixture.hearEnd(agent);
    FrameChannel again = server.connect(trust);
    ResidentServerFixture.hearEnd(again);
  }

  /** What a revoked client says while it does not read why it is sent away counts no more. */
  @Test
  void aRevokedClientThatDoesNotReadIsCutOffAllTheSame() throws Exception {
    ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
    FrameChannel agent = server.agent(trust, "r");
    server.authority().revoke("host-1");
    long began = System.nanoTime();
    boolean cut = false;
    while (!cut) {
      try {
        agent.write(new Message.Ask(1, YES, Origin.UNKNOWN));
      } catch (IOException closed) {
        cut = true;
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  /** From another address than the good client's, as an attacker on another host would. */
  @Test
  void whoOpensConnectionsAndSaysNothingKeepsNobodyOut() throws Exception {
    ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 5_000);
        silent.add(socket);
      }
      long began = System.nanoTime();
      server.agent(trust, "r").close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
  }

  @Test
  void garbageAndFramesThatAreTooLongEndTheConnectionAndNothingElse() throws Exception {
    ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
    FrameChannel good = server.agent(trust, "r");
    for (int[] each : new int[][] {{0x7f, 0xff, 0xff, 0xff}, {0, 0, 0, 2, 0xfe, 0}, {0, 0, 0, 0}}) {
      TlsChannel tls = server.tls(trust);
      ByteBuffer bytes = ByteBuffer.allocate(each.length);
      for (int one : each) {
        bytes.put((byte) one);
      }
      tls.write(bytes.flip());
      ResidentServerFixture.hearEnd(new FrameChannel(tls));
      tls.close();
    }
    assertThat(server.told())
        .isEqualTo("refused `host-1`: a frame of 2147483647 bytes" + keepOut("host-1"));
    assertThat(server.told()).startsWith("refused `host-1`: ");
    assertThat(server.told).as("the third is as the first").isEmpty();
    good.write(new Message.Ask(1, YES, Origin.UNKNOWN));
    Verdict verdict = ResidentServerFixture.next(good, Message.Decided.class).verdict();
    assertThat(verdict.reason().kind()).isEqualTo(Reason.Kind.RULE);
    assertThat(verdict.allowed()).isTrue();
  }
}
