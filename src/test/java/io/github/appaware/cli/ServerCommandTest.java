package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.EnrolmentServerFixture;
import io.github.appaware.testkit.Ports;
import io.github.appaware.wire.ServerAddress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From nothing to an enrolled host, as an administrator does it. */
@Timeout(300)
class ServerCommandTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", dir.resolve("config").toString());
    return new CommandLineProgram(console(), environment, dir).run(arguments);
  }

  private Console console() {
    return new Console(new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int init() {
    return run("server", "init", "home", "--name", "localhost");
  }

  private String token(String... more) {
    String[] arguments = {"server", "token", "--home", "home", "--role", "agent"};
    assertThat(run(with(arguments, more))).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    return out.toString().strip();
  }

  @Test
  void aHostIsEnrolledInThreeCommandsAndRevokedInOne() throws Exception {
    assertThat(init()).isZero();
    assertThat(err.toString())
        .isEqualTo(
            """
            appaware: `home` is ready, for localhost
            appaware: next, here:
            appaware: next, on a host that runs applications, and for a person who answers:
            appaware: each token is valid once, for an hour; `appaware server token` makes more
            """);
    assertThat(out.toString())
        .matches(
            """
            appaware server --home home --listen tls://localhost:7443
            appaware enroll tls://localhost:7443 --token \\S+
            appaware enroll tls://localhost:7443 --token \\S+
            """);
    String token = token("--name", "web-1");

    try (EnrolmentServerFixture server =
        new EnrolmentServerFixture(dir.resolve("home"), Clock.systemUTC())) {
      ServerAddress address = server.address("localhost");
      assertThat(run("enroll", address.toString(), "--token", token)).isZero();
      Path file = dir.resolve("config/appaware/servers/localhost_" + address.port() + "/agent.pem");
      assertThat(err.toString())
          .startsWith("appaware: enrolled at " + address + " as agent `web-1`, until 2")
          .endsWith(
              "appaware: the key is in "
                  + file
                  + "\nappaware: next: appaware run --server "
                  + address
                  + " -- java -jar app.jar\n");
      assertThat(file).isRegularFile();

      assertThat(run("enroll", address.toString(), "--token", token)).isEqualTo(125);
      assertThat(err.toString())
          .isEqualTo(
              "appaware: " + address + " refused: the token was used already: ask for another\n");
    }

    assertThat(run("server", "revoke", "--home", "home", "WEB-1")).isZero();
    assertThat(err.toString())
        .isEqualTo("appaware: `WEB-1` is revoked; it can be enrolled again with --name WEB-1\n");
    assertThat(Files.readString(dir.resolve("home/register"))).endsWith(" revoked web-1\n");
    assertThat(run("server", "revoke", "--home", "home", "web-2")).isEqualTo(125);
    assertThat(err.toString()).isEqualTo("appaware: no client has enrolled as `web-2`\n");
  }

  @Test
  void theTokenMayComeFromTheStandardInput() throws Exception {
    init();
    String token = token();
    try (EnrolmentServerFixture server =
        new EnrolmentServerFixture(dir.resolve("home"), Clock.systemUTC())) {
      InputStream in = new ByteArrayInputStream((token + "\n").getBytes(StandardCharsets.UTF_8));
      Map<String, String> environment = Map.of("XDG_CONFIG_HOME", dir.toString());
      EnrollCommand command = new EnrollCommand(console(), environment, in, Clock.systemUTC());
      String address = server.address("localhost").toString();

      assertThat(new CommandLine(command).execute("--token", "-", "--name", "a", address))
          .as(err.toString())
          .isZero();
    }
  }

  @Test
  void mistakesAreNamed() {
    assertThat(run("server")).isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo(
            """
            appaware: missing `--home DIR` and `--listen tls://HOST:PORT`, or a command
              help: see `appaware server --help`
            """);
    assertThat(run("server", "init", "home", "--name", "a b")).isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo(
            """
            appaware: `a b` is neither a host's name nor an address
              help: use what clients will write behind `tls://`, without the port
            """);
    assertThat(run("server", "init", "home", "--name", "a", "--client-lifetime", "1y"))
        .isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo("appaware: invalid duration `1y`: expected e.g. 30d, 12h, 10m\n");
    assertThat(run("server", "token", "--home", "nowhere", "--role", "agent")).isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo(
            "appaware: `"
                + dir.resolve("nowhere")
                + "` is not a server's directory\n  help: make one: appaware server init "
                + dir.resolve("nowhere")
                + " --name HOST\n");
    assertThat(run("server", "token", "--home", "nowhere", "--role", "root")).isEqualTo(125);
    assertThat(err.toString()).contains("unknown role `root`: expected agent, operator or auditor");
    assertThat(run("enroll", "localhost:7443", "--token", "x")).isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo(
            "appaware: invalid server address `localhost:7443`: expected `tls://HOST:PORT` or"
                + " `unix:PATH`\n");
    assertThat(run("enroll", "tls://localhost:7443", "--token", "x")).isEqualTo(125);
    assertThat(err.toString())
        .isEqualTo(
            """
            appaware: that is no token
              help: give the whole line that `appaware server token` printed
            """);
  }

  @Test
  void aSecondInitIsRefused() {
    init();

    assertThat(init()).isEqualTo(125);
    assertThat(err.toString()).contains("already, and nothing is overwritten");
  }

  @Test
  void filesAreRelativeToTheWorkingDirectory() throws Exception {
    init();
    String bad = "version = 1\n[[rule]]\naction = 'perhaps'\n";
    for (String file : List.of("home/policy.toml", "site.toml", "answers.toml")) {
      Files.writeString(dir.resolve(file), bad);
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String[] serve = {
        "server", "--home", "home", "--listen", "tls://127.0.0.1:" + taken.getLocalPort()
      };

      assertThat(run(serve)).isEqualTo(125);
      assertThat(err.toString()).contains(dir.resolve("home/policy.toml") + ":3:");
      assertThat(run(with(serve, "--policy", "site.toml"))).isEqualTo(125);
      assertThat(err.toString()).contains(dir.resolve("site.toml") + ":3:");
      assertThat(run(with(serve, "--answers", "answers.toml"))).isEqualTo(125);
      assertThat(err.toString()).contains(dir.resolve("answers.toml") + ":3:");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    init();
    String token = token();
    try (Ports.Closed port = new Ports.Closed()) {
      String gone = "tls://localhost:" + port.number();
      assertThat(run("enroll", gone, "--token", token)).isEqualTo(125);
      assertThat(err.toString())
          .startsWith("appaware: " + gone + " can't be reached: Connection refused")
          .contains("help: see whether the server runs");
    }
  }
}
