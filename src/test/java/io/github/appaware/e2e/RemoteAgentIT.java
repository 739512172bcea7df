package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Crowd;
import io.github.appaware.target.RemoteAttacks;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Operator;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ResidentProcess;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The agent without a launcher, and a real server with real certificates. */
@ExtendWith(ToolExtension.class)
class RemoteAgentIT {
  private static final String AWAY = " denied: server unreachable";
  private static final String REFUSED = " denied because the decision server refuses this process";

  /** Sends its own way whoever looks up a name, and goes there itself. */
  private static final String EVIL =
      """
      import java.net.InetAddress;
      import java.net.Socket;
      import java.net.UnknownHostException;
      import java.net.spi.InetAddressResolver;
      import java.net.spi.InetAddressResolverProvider;
      import java.util.stream.Stream;

      public class EvilResolver extends InetAddressResolverProvider implements InetAddressResolver {
        @Override
        public InetAddressResolver get(Configuration configuration) {
          return this;
        }

        @Override
        public String name() {
          return "evil";
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
            throws UnknownHostException {
          InetAddress evil = InetAddress.getByAddress(host, new byte[] {127, 0, 0, 2});
          try (Socket out = new Socket(evil, Integer.getInteger("evil"))) {
            out.getOutputStream().write('!');
          } catch (Exception denied) {
            // As it should be.
          }
          return Stream.of(evil);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
          throw new UnknownHostException("none");
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps.jar")
  private Path jar;

  private Listener peer;
  private ResidentProcess server;

  @BeforeEach
  void prepare() throws Exception {
    peer = new Listener();
    server = new ResidentProcess(directory.resolve("server"), allowing(peer.port(), "deny"));
    server.start();
    server.enrol(tool, "agent", "box");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    peer.close();
  }

  private static String allowing(int port, String unknown) {
    return "[default]\nunknown = '"
        + unknown
        + "'\n[[rule]]\nid = 'peer'\naction = 'allow'\nport = "
        + port
        + "\n";
  }

  private ProcessBuilder application(Jdk jdk, Path program, String options, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.java(),
                "-javaagent:" + Tool.AGENT + "=server=" + options,
                "-jar",
                program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = tool.builder();
    return builder.command(command);
  }

  private Dialog talk(String options) throws IOException {
    return new Dialog(application(Jdk.running(), jar, options));
  }

  private String connect() {
    return "connect 127.0.0.1 " + peer.port();
  }

  private String denied(int port, String why) {
    return "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:" + port + why;
  }

  @TestOnEachJdk
  void eventsAreDecidedThereAndTheApplicationHasTheLaunchersHash(Jdk jdk) throws Exception {
    int other = server.port();
    Result result =
        Tool.run(
            application(jdk, jar, server.address(), connect(), "connect 127.0.0.1 " + other), "");

    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .containsExactly(
            "connected " + peer.port(),
            denied(other, " denied by default, no rule matches (policy.toml:3)"));
    String hash = Digest.sha256(jar);
    Result measured = tool.run("identify", "--json", "--", jdk.java(), "-jar", jar.toString());
    assertThat(server.record())
        .hasSize(2)
        .allMatch(line -> line.contains("\"machine\":\"box\""))
        .allMatch(line -> line.contains("\"file\":\"steps.jar\""))
        .allMatch(line -> line.contains("\"self-reported\":true"))
        .allMatch(line -> line.contains("\"sha256\":\"" + hash + "\""));
    assertThat(measured.out()).contains(hash);
  }

  /** What the agent looks up on its way to its server gives the application no name. */
  @TestOnNewestJdk
  void theNameOfItsServerIsTheApplicationsOnlyWhenItAsksForIt(Jdk jdk) throws Exception {
    server.policy("[default]\nunknown = 'deny'\n[[rule]]\naction = 'allow'\nhost = 'localhost'\n");
    server.kill();
    server.start();
    server.enrolAt("localhost", tool, "agent", "named");

    Result result =
        Tool.run(
            application(
                jdk,
                jar,
                "tls://localhost:" + server.port(),
                connect(),
                "connect localhost " + peer.port()),
            "");

    assertThat(result.out().lines())
        .containsExactly(
            denied(peer.port(), " denied by default, no rule matches (policy.toml:3)"),
            "connected " + peer.port());
  }

  @TestOnNewestJdk
  void childrenHaveTheAgentToo(Jdk jdk) throws Exception {
    String step = "connect_127.0.0.1_" + server.port();
    // One of them has an empty environment, and so does not know where the user's directory is.
    String options = server.address() + ";config=" + directory.resolve("config/appaware");

    Result result =
        Tool.run(application(jdk, jar, options, "child plain " + step, "child bare " + step), "");

    assertThat(result.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("denied by default, no rule matches"));
  }

  @TestOnNewestJdk
  void aKilledServerAllowsNothingAndTheAgentComesBack(Jdk jdk) throws Exception {
    try (Dialog dialog = new Dialog(application(jdk, jar, server.address()))) {
      assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
      server.kill();
      Await.until(() -> dialog.say(connect()).equals(denied(peer.port(), AWAY)));
      assertThat(peer.connections()).isPositive();
      assertThat(dialog.say(connect())).isEqualTo(denied(peer.port(), AWAY));
      assertThat(peer.connections()).isZero();

      // The new one's policy has the same number and another content.
      server.policy("[default]\nunknown = 'deny'\n");
      server.start();
      Await.until(() -> dialog.err().contains("the decision server is back"));
      assertThat(dialog.say(connect()))
          .isEqualTo(denied(peer.port(), " denied by default, no rule matches (policy.toml:3)"));
      assertThat(peer.connections()).isZero();
      assertThat(dialog.end()).isZero();
    }
  }

  @Test
  void withinTheGraceCachedVerdictsAreGoodAndNothingElse() throws Exception {
    try (Dialog dialog = talk(server.address() + ";offline-grace=8s")) {
      assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
      server.kill();
      Await.until(() -> dialog.err().contains("the decision server is away"));

      assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
      assertThat(dialog.say("connect 127.0.0.1 " + server.port()))
          .isEqualTo(denied(server.port(), AWAY));
      Await.until(
          () -> {
            int unused = peer.connections(); // nobody else takes them
            return dialog.say(connect()).equals(denied(peer.port(), AWAY));
          });

      server.start();
      Await.until(() -> dialog.say(connect()).equals("connected " + peer.port()));
      // What was used meanwhile is told now.
      assertThat(dialog.end()).isZero();
      assertThat(Json.sum(server.record(), "connect", "allow")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void ofTwoServersTheOneThatAnswersDecides() throws Exception {
    try (ResidentProcess second =
        new ResidentProcess(directory.resolve("second"), allowing(peer.port(), "deny"))) {
      second.start();
      second.enrol(tool, "agent", "box");
      try (Dialog dialog = talk(server.address() + "," + second.address())) {
        assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
        server.kill();
        Await.until(() -> dialog.err().contains("the decision server is back"));
        assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
        assertThat(second.record()).hasSize(1);
      }
    }
  }

  @Test
  void aQuestionSurvivesTheServer() throws Exception {
    Path crowd = Programs.jar(directory.resolve("crowd.jar"), Crowd.class);
    try (Listener known = new Listener()) {
      server.policy(allowing(known.port(), "ask"));
      server.kill();
      server.start();
      server.enrol(tool, "operator", "me");
      try (Dialog dialog = new Dialog(application(Jdk.running(), crowd, server.address()));
          Operator operator = new Operator(directory, server)) {
        operator.attend();
        dialog.tell("asked connect 127.0.0.1 " + peer.port());
        QuestionMessage.Question question = operator.question();
        assertThat(question.application().selfReported()).isTrue();
        assertThat(question.machine()).isEqualTo("box");
        // It hears in order: now it knows that a person is asked about the other one.
        assertThat(dialog.say("known connect 127.0.0.1 " + known.port()))
            .isEqualTo("known connected " + known.port());
        server.kill();
        server.start();
        operator.comeBack();
        Await.until(() -> server.questions() == 1); // with nobody to ask yet
        operator.attend();

        QuestionMessage.Question again = operator.question();
        assertThat(again.event()).isEqualTo(question.event());
        assertThat(peer.connections()).isZero();
        operator.allow(again, Choice.Term.ONCE);
        assertThat(dialog.hear()).isEqualTo("asked connected " + peer.port());
        assertThat(peer.connections()).isOne();
        assertThat(dialog.end()).isZero();
      }
    }
  }

  private String refusal(String options) throws Exception {
    Result result = Tool.run(application(Jdk.running(), jar, options, "stderr started"), "");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).as(result.err()).isEqualTo(125);
    return result.err();
  }

  /**
   * What it is told of used verdicts the server does not answer: that must not look like silence.
   */
  @Test
  void aLineOnWhichOnlyTheAgentSpeaksIsNotTakenForDead() throws Exception {
    try (Dialog dialog = talk(server.address())) {
      long longest = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
      while (System.nanoTime() - longest < 0) {
        assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
        peer.connections();
        Await.past(Duration.ofMillis(100)); // often enough, and the machine is not ours alone
      }
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err()).isEmpty();
    }
  }

  @Test
  void withoutItsServerTheJvmDoesNotStart() throws Exception {
    server.kill();
    assertThat(refusal(server.address()))
        .isEqualTo("appaware: " + server.address() + " can't be reached: Connection refused\n");
  }

  @Test
  void withoutACertificateTheJvmDoesNotStart() throws Exception {
    assertThat(refusal(server.address() + ";config=/nowhere"))
        .startsWith(
            "appaware: not enrolled at " + server.address() + " as agent, there is no `/now")
        .contains("run `appaware enroll " + server.address() + " --token T`");
    assertThat(refusal(server.address() + ";cert=/x"))
        .startsWith("appaware: unknown agent option `cert=/x`: expected `certificate=FILE`");
    assertThat(refusal("tls://127.0.0.1"))
        .isEqualTo("appaware: `tls://127.0.0.1` has no port: expected `tls://HOST:PORT`\n");
  }

  @Test
  void anotherAuthoritysServerIsNotBelieved() throws Exception {
    Path own = directory.resolve("config/appaware/servers");
    try (ResidentProcess second =
        new ResidentProcess(directory.resolve("second"), allowing(peer.port(), "allow"))) {
      second.start();
      Path file = own.resolve("127.0.0.1_" + server.port() + "/agent.pem");
      assertThat(refusal(second.address() + ";certificate=" + file))
          .startsWith("appaware: " + second.address() + " is not to be trusted: the server's cert");
    }
  }

  @Test
  void whoIsRevokedIsOutAndStaysOut() throws Exception {
    try (Dialog dialog = talk(server.address() + ";offline-grace=0")) {
      assertThat(dialog.say(connect())).isEqualTo("connected " + peer.port());
      server.revoke("box");
      Await.until(() -> dialog.say(connect()).equals(denied(peer.port(), REFUSED)));
    }
    assertThat(refusal(server.address()))
        .isEqualTo(
            "appaware: "
                + server.address()
                + " refuses the certificate of `box`: it was revoked or replaced, or is another server's\n");
  }

  @Test
  void anApplicationsResolverHasNoPartInTheWayToTheServer() throws Exception {
    Jdk newest = Jdk.all().reduce((older, newer) -> newer).orElseThrow();
    assumeTrue(newest.feature() >= 18, "no JDK of 18 or later, which takes resolver providers");
    Path resolver = Programs.compiled(newest, directory.resolve("resolver"), "EvilResolver", EVIL);
    Path services = Files.createDirectories(resolver.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("java.net.spi.InetAddressResolverProvider"), "EvilResolver\n");
    server.enrolAt("localhost", tool, "agent", "localbox");
    try (Listener elsewhere = new Listener("127.0.0.2", server.port())) {
      Result result =
          Tool.run(
              tool.builder()
                  .command(
                      newest.java(),
                      "-javaagent:" + Tool.AGENT + "=server=tls://localhost:" + server.port(),
                      "-Devil=" + server.port(),
                      "-cp",
                      jar + ":" + resolver,
                      Steps.class.getName(),
                      connect(),
                      "resolve localhost.localdomain"),
              "");

      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines())
          .containsExactly(
              "connected " + peer.port(),
              "java.net.UnknownHostException: appaware: resolve localhost.localdomain denied by"
                  + " default, no rule matches (policy.toml:3)");
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @TestOnEachJdk
  void anApplicationGetsNothingOfTheConnection(Jdk jdk) throws Exception {
    Path attacks = Programs.jar(directory.resolve("attacks.jar"), RemoteAttacks.class);
    try (Dialog dialog = new Dialog(application(jdk, attacks, server.address()))) {
      assertThat(dialog.say("connect " + peer.port())).isEqualTo("connected true");
      assertThat(dialog.say("connect " + server.port())).contains("denied by default");
      assertThat(dialog.say("cryptography")).isEqualTo("in front");
      assertThat(dialog.say("threads"))
          .isEqualTo("[appaware-reader, appaware-watch, appaware-writer]");

      // The threads were interrupted, or the server dies: the way back leads past all of it.
      server.kill();
      server.start();
      Await.until(() -> dialog.say("connect " + peer.port()).equals("connected true"));
      assertThat(dialog.say("connect " + server.port())).contains("denied by default");
      assertThat(dialog.say("wanted")).isEqualTo("0");
    }
  }
}
