package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.GoodAgent;
import io.github.appaware.testkit.OperatedServer;
import io.github.appaware.testkit.SmallServer;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.Token;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has no business with a remote server, or does what is not his to do: refused, told of in a
 * line that says who, why and what to do, and in nobody's way.
 */
@Timeout(180)
class HostileClientsIT {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String FROM = "appaware: refused 127\\.0\\.0\\.1:\\d+: ";
  private static final String KEEP_OUT =
      " \\| only clients of appaware are served here, over TLS 1.3; a firewall keeps others out";
  private static final String CAN_ENROL =
      " \\| it can enrol, with what `appaware server token` prints, and nothing else";
  private static final String ENROL_AGAIN =
      " \\| enrol there again, with a token of this server's `appaware server token`";
  private static final String ONE_TOKEN =
      " \\| `appaware server token` makes a token, which is good once";
  private static final String ONE_VERSION =
      " \\| install the same version of appaware on both sides";
  private static final String BROKE =
      " \\| its process or its network broke; it comes back by itself";

  @TempDir Path directory;
  private SmallServer server;
  private GoodAgent good;

  @BeforeEach
  void serve() throws Exception {
    server = new SmallServer(directory, "--log", "log.jsonl");
    good = GoodAgent.join(server.connect(server.enrolled(Role.AGENT, "good")));
  }

  @AfterEach
  void end() throws Exception {
    try {
      server.process().assertAlive();
      good.assertServed();
    } finally {
      good.close();
      server.close();
    }
  }

  /** The end comes soon, and nothing before it but what is said to everybody. */
  private static void assertCut(FrameChannel channel) throws IOException {
    long began = System.nanoTime();
    try {
      for (Message said = channel.read(); said != null; said = channel.read()) {
        assertThat(said)
            .isInstanceOfAny(QuestionMessage.RunInfo.class, QuestionMessage.Happened.class);
      }
    } catch (IOException cut) {
      // As much of an end.
    }
    channel.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
  }

  private static String keepOut(String name) {
    return " \\| look what runs there; `appaware server revoke " + name + "` keeps it out";
  }

  /** The lines so far are these, in this order. */
  private void assertTold(String... lines) throws Exception {
    List<String> told = server.told(lines.length);
    assertThat(told).hasSameSizeAs(lines);
    for (int i = 0; i < lines.length; i++) {
      assertThat(told.get(i)).matches(lines[i]);
    }
  }

  private FrameChannel agent(String name) throws Exception {
    FrameChannel agent = server.connect(server.enrolled(Role.AGENT, name));
    agent.write(new Message.Join(Message.VERSION, "run", GoodAgent.APP, false));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  @Test
  void whoHasNoValidCertificateIsNotLetIn() throws Exception {
    TlsClient revoked = server.enrolled(Role.OPERATOR, "gone");
    TlsClient replaced = server.enrolled(Role.AGENT, "twice");
    TlsClient unused = server.enrolled(Role.AGENT, "twice");
    FrameChannel open = agent("sent-away");
    server.authority().revoke("sent-away");
    assertThat(open.read())
        .isEqualTo(new Message.Refused("the certificate of `sent-away` was revoked"));
    assertCut(open);
    server.authority().revoke("gone");
    assertCut(server.connect(server.foreign(Role.OPERATOR, "good")));
    assertCut(server.connect(server.expired(Role.OPERATOR, "late")));
    assertCut(server.connect(revoked));
    assertCut(server.connect(replaced));

    assertTold(
        "appaware: refused `sent-away`: the certificate of `sent-away` was revoked \\| to let it in"
            + " again: `appaware server token --role agent --name sent-away`, and `appaware enroll`"
            + " there",
        FROM
            + "(?:\\(certificate_unknown\\) )?the client's certificate is not one of this server's:"
            + " PKIX path .* failed: .*"
            + ENROL_AGAIN,
        FROM + "(?:\\(certificate_unknown\\) )?the client's certificate expired .*Z" + ENROL_AGAIN,
        FROM + "(?:\\(certificate_unknown\\) )?the certificate of `gone` was revoked" + ENROL_AGAIN,
        FROM
            + "(?:\\(certificate_unknown\\) )?the certificate of `twice` was replaced by another"
            + " enrolment"
            + ENROL_AGAIN);
    assertThat(server.process().refused("certificate")).isEqualTo(5);
  }

  private static final Choice CHOICE =
      new Choice(true, Choice.Scope.APPLICATION, Choice.Term.ALWAYS);

  /** What only operators may say: answers, and what shows the policy. */
  private static final List<QuestionMessage> OPERATORS =
      List.of(
          new QuestionMessage.Answer(1, 1, CHOICE),
          new QuestionMessage.Preview(1, 1, CHOICE),
          new QuestionMessage.Inspect(1, 1),
          new QuestionMessage.Attend(true),
          new QuestionMessage.DenyRest(1),
          new QuestionMessage.Dismiss(1));

  @Test
  void aRoleMayDoWhatItIsForAndNothingElse() throws Exception {
    List<String> lines = new ArrayList<>();
    for (QuestionMessage each : OPERATORS) {
      String what = each.getClass().getSimpleName();
      String name = what.toLowerCase(Locale.ROOT);
      FrameChannel agent = agent("agent-" + name);
      agent.write(each);
      assertCut(agent);
      lines.add(
          "appaware: refused `agent-"
              + name
              + "`: not for a server: "
              + what
              + keepOut("agent-" + name));
      FrameChannel auditor = server.connect(server.enrolled(Role.AUDITOR, "auditor-" + name));
      auditor.write(new QuestionMessage.Watch(Message.VERSION, "", "root"));
      assertThat(auditor.read()).isInstanceOf(Message.Welcome.class);
      auditor.write(each);
      assertCut(auditor);
      lines.add(
          "appaware: refused `auditor-"
              + name
              + "`: a console may not say "
              + what
              + keepOut("auditor-" + name));
    }
    FrameChannel watching = server.connect(server.enrolled(Role.AGENT, "thief"));
    watching.write(new QuestionMessage.Watch(Message.VERSION, "", "root"));
    assertCut(watching);
    lines.add("appaware: refused `thief`: an agent may not say Watch" + keepOut("thief"));
    FrameChannel joining = server.connect(server.enrolled(Role.OPERATOR, "olga"));
    joining.write(new Message.Join(Message.VERSION, "run", GoodAgent.APP, false));
    assertCut(joining);
    lines.add("appaware: refused `olga`: an operator may not say Join" + keepOut("olga"));

    assertTold(lines.toArray(String[]::new));
    assertThat(server.process().refused("protocol")).isEqualTo(lines.size());
  }

  @Test
  void anAgentSpeaksForItsOwnMachineAlone() throws Exception {
    TlsClient thief = server.enrolled(Role.AGENT, "thief");
    for (String run : List.of("run", "good/run", "../good/run")) {
      FrameChannel agent = server.connect(thief);
      agent.write(new Message.Join(Message.VERSION, run, GoodAgent.APP.withMachine("good"), false));
      assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
      Event yes = OperatedServer.event("yes.example");
      Verdict own = new Verdict(true, Reason.of(Reason.Kind.RULE), Verdict.Reuse.ENDPOINT, 1);
      agent.write(new Message.Used(yes, Origin.UNKNOWN, own, 1, 1));
      assertThat(OperatedServer.ask(agent, 1, "yes.example").allowed()).isFalse();
      agent.close();
    }
    assertThat(server.recorded("log.jsonl"))
        .filteredOn(line -> line.contains("\"machine\":\"thief\""))
        .hasSize(6);
    FrameChannel endless = server.connect(thief);
    endless.write(new Message.Join(Message.VERSION, "r".repeat(65), GoodAgent.APP, false));
    assertCut(endless);
    assertTold("appaware: refused `thief`: a run's name of 65 characters" + keepOut("thief"));
  }

  @Test
  void aTokenThatIsUsedOrExpiredOrNoneIsGoodForNothing() throws Exception {
    Token used = server.token(Role.OPERATOR, "");
    var first = server.enrol(used, "olga");
    assertThat(first.peer().name()).isEqualTo("olga");
    Token expired = server.authorityOnce().token(Role.OPERATOR, "", Duration.ofHours(1));
    Token garbled =
        new Token(
            Role.OPERATOR,
            used.fingerprint(),
            used.secret().toLowerCase(Locale.ROOT) + "\u001b[2J");
    for (Token each : List.of(used, expired, garbled)) {
      assertThatThrownBy(() -> server.enrol(each, "eve")).isInstanceOf(TrustException.class);
    }
    assertTold(
        FROM + "it may not enrol: the token was used already: ask for another" + ONE_TOKEN,
        FROM + "it may not enrol: the token expired .*Z: ask for another" + ONE_TOKEN,
        FROM + "it may not enrol: the server does not know the token: ask for another" + ONE_TOKEN);
    assertThat(server.process().refused("enrolment")).isEqualTo(3);
  }

  @Test
  void otherVersionsAreRefusedInWords() throws Exception {
    String words =
        "its messages are of version 0, this server's of " + Message.VERSION + ONE_VERSION;
    FrameChannel agent = server.connect(server.enrolled(Role.AGENT, "old"));
    agent.write(new Message.Join(0, "run", GoodAgent.APP, false));
    agent.write(new Message.Ask(1, OperatedServer.event("yes.example"), Origin.UNKNOWN));
    assertRefused(agent, "agent and server are of different versions of appaware");
    FrameChannel console = server.connect(server.enrolled(Role.OPERATOR, "olga"));
    console.write(new QuestionMessage.Watch(0, "", ""));
    assertRefused(console, "console and server are of different versions of appaware");
    FrameChannel stranger = server.connect(server.anonymous());
    stranger.write(new Message.Enroll(0, "secret", "", "host", "key", "proof"));
    assertRefused(stranger, "client and server are of different versions of appaware");
    FrameChannel renewing = server.connect(server.enrolled(Role.AGENT, "old"));
    renewing.write(new Message.Renew(0, "key", "proof"));
    assertThat(renewing.read())
        .isEqualTo(new Message.NotRenewed("the server is of another version of appaware"));
    renewing.close();
    assertTold(
        "appaware: refused `old`: " + words, "appaware: refused `olga`: " + words, FROM + words);
    assertThat(server.process().refused("version")).isEqualTo(3);
  }

  private static void assertRefused(FrameChannel channel, String why) throws IOException {
    assertThat(channel.read()).isEqualTo(new Message.Refused(why));
    assertCut(channel);
  }

  @Test
  void whoSpeaksAnOlderTlsOrNoneIsRefused() throws Exception {
    SSLEngine old = server.enrolled(Role.AGENT, "old").engine();
    old.setEnabledProtocols(new String[] {"TLSv1.2"});
    assertThatThrownBy(
            () -> TlsChannel.connect(SocketChannel.open(), at(), old, SmallServer.WITHIN))
        .isInstanceOf(IOException.class);
    for (String text : List.of("GET / HTTP/1.1\r\n\r\n", "\u007f\u00ff\u00ff\u00ff", "\26\3\1\1")) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        assertEnds(socket);
      }
    }
    assertTold(
        FROM + ".*\\[TLSv1.2\\] are not accepted by server preferences \\[TLSv1.3\\]" + KEEP_OUT,
        FROM + ".*" + KEEP_OUT,
        FROM + ".*" + KEEP_OUT);
    assertThat(server.process().refused("handshake")).isEqualTo(4);
  }

  private InetSocketAddress at() {
    return new InetSocketAddress("127.0.0.1", server.port());
  }

  private static void assertEnds(Socket socket) throws IOException {
    long began = System.nanoTime();
    InputStream in = socket.getInputStream();
    try {
      while (in.read() >= 0) {
        // An alert.
      }
    } catch (IOException reset) {
      // As much of an end.
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
  }

  private static final ByteBuffer ENDLESS = ByteBuffer.wrap(new byte[] {127, -1, -1, -1});
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(4).asReadOnlyBuffer();
  private static final ByteBuffer NEGATIVE = ByteBuffer.wrap(new byte[] {-128, 0, 0, 0});
  private static final ByteBuffer UNKNOWN = ByteBuffer.wrap(new byte[] {0, 0, 0, 1, -2});
  private static final ByteBuffer HALF = ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 13, 0});

  @Test
  void framesThatAreNoneEndTheConnectionAndNothingElse() throws Exception {
    List<String> lines = new ArrayList<>();
    FrameChannel stranger = server.connect(server.anonymous());
    stranger.write(ENDLESS.duplicate());
    assertCut(stranger);
    lines.add(FROM + "a frame of 2147483647 bytes" + CAN_ENROL);
    for (boolean joined : List.of(false, true)) {
      String name = joined ? "joined" : "new";
      TlsClient client = server.enrolled(Role.AGENT, name);
      for (ByteBuffer each : List.of(ENDLESS, UNKNOWN)) {
        FrameChannel channel = server.connect(client);
        if (joined) {
          channel.write(new Message.Join(Message.VERSION, "run", GoodAgent.APP, false));
          assertThat(channel.read()).isInstanceOf(Message.Welcome.class);
        }
        channel.write(each.duplicate());
        assertCut(channel);
      }
      // Like the first one but for the number, so they are counted, not told.
      for (ByteBuffer each : List.of(EMPTY, NEGATIVE)) {
        FrameChannel channel = server.connect(client);
        channel.write(each.duplicate());
        assertCut(channel);
      }
      FrameChannel broken = server.connect(client);
      broken.write(HALF.duplicate());
      broken.end();
      assertCut(broken);
      lines.add("appaware: refused `" + name + "`: a frame of 2147483647 bytes" + keepOut(name));
      lines.add("appaware: refused `" + name + "`: a message of unknown type 254" + keepOut(name));
      lines.add("appaware: refused `" + name + "`: the connection ended within a frame" + BROKE);
    }
    assertThat(server.told(lines.size()))
        .filteredOn(line -> line.contains("-2147483648"))
        .as("like the first but for the sign")
        .hasSizeLessThanOrEqualTo(2);
    assertThat(server.told()).anyMatch(line -> line.matches(lines.get(0)));
    Await.until(() -> server.process().refused("protocol") == 11);
    for (String line : lines) {
      assertThat(server.told()).anyMatch(told -> told.matches(line));
    }
  }
}
