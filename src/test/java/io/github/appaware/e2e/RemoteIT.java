package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped tool as server and as client: set up, enrolled, run. */
@ExtendWith(ToolExtension.class)
class RemoteIT {
  @TempDir Path directory;
  private Tool tool;
  private Process server;
  private String address;
  private Listener allowed;
  private Listener denied;
  private Listener asked;

  @BeforeEach
  void serve() throws Exception {
    allowed = new Listener();
    denied = new Listener();
    asked = new Listener();
    good(tool.run("server", "init", "home", "--name", "127.0.0.1"));
    policy(
        "server.toml",
        "[default]\nunknown = 'deny'\n"
            + rule("allow", allowed.port())
            + rule("ask", asked.port()));
    start();
    enroll("host-1");
  }

  private void enroll(String name) throws Exception {
    Result token = tool.run("server", "token", "--home", "home", "--role", "agent");
    good(token);
    good(Tool.run(tool.builder("enroll", address, "--token", "-", "--name", name), token.out()));
  }

  private static void good(Result result) {
    assertThat(result.status()).as(result.err()).isZero();
  }

  private static String rule(String action, int port) {
    return "[[rule]]\naction = '" + action + "'\nport = " + port + "\n";
  }

  private void policy(String file, String text) throws Exception {
    Files.writeString(directory.resolve(file), "version = 1\n" + text);
  }

  private void start() throws Exception {
    int port = Ports.free();
    address = "tls://127.0.0.1:" + port;
    server =
        tool.builder(
                "server",
                "--home",
                "home",
                "--listen",
                address,
                "--policy",
                "server.toml",
                "--log",
                "server.log")
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("appaware: serving at " + address);
  }

  @AfterEach
  void end() throws Exception {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly().waitFor();
    allowed.close();
    denied.close();
    asked.close();
  }

  private Result run(String... options) throws Exception {
    Path jar = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    List<String> words = new ArrayList<>(List.of("run", "--server", address));
    words.addAll(List.of(options));
    words.addAll(
        List.of(
            "--",
            "java",
            "-jar",
            jar.toString(),
            "connect 127.0.0.1 " + allowed.port(),
            "connect 127.0.0.1 " + denied.port(),
            "connect 127.0.0.1 " + asked.port()));
    return tool.run(words.toArray(String[]::new));
  }

  private List<String> recorded() throws Exception {
    return Files.readAllLines(directory.resolve("server.log"));
  }

  @Test
  void theServersPolicyDecidesAndItsRecordNamesMachineAndUser() throws Exception {
    Result result = run();

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines().toList()).hasSize(3);
    assertThat(result.out()).startsWith("connected " + allowed.port() + "\n");
    assertThat(allowed.connections()).isEqualTo(1);
    assertThat(denied.connections()).isZero();
    assertThat(asked.connections()).isZero();
    assertThat(recorded())
        .hasSize(3)
        .allMatch(line -> line.contains("\"machine\":\"host-1\""))
        .allMatch(line -> line.contains("\"user\":\"" + System.getProperty("user.name") + "\""));
    assertThat(recorded().get(0)).contains("\"verdict\":\"allow\"");
    assertThat(recorded().get(1)).contains("\"verdict\":\"deny\"");
    assertThat(recorded().get(2)).contains("\"kind\":\"nobody\"");
    assertThat(result.err()).contains("1 allowed, 2 denied");
  }

  @Test
  void aPolicyOfTheHostsOwnMayBeStricterButNotLaxer() throws Exception {
    policy(
        "own.toml",
        "[default]\nunknown = 'allow'\n"
            + rule("deny", allowed.port())
            + rule("allow", denied.port()));

    Result result = run("--policy", "own.toml");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(allowed.connections()).isZero();
    assertThat(denied.connections()).isZero();
    assertThat(asked.connections()).isZero();
    assertThat(recorded()).hasSize(3).allMatch(line -> line.contains("\"verdict\":\"deny\""));
  }

  @Test
  void whoWasRevokedRunsNothing() throws Exception {
    good(tool.run("server", "revoke", "--home", "home", "host-1"));

    Result result = run();

    assertThat(result.err())
        .contains(address + " refuses the certificate of `host-1`: it was revoked or replaced");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void withoutAServerNothingRuns() throws Exception {
    end();

    Result result = run();

    assertThat(result.err()).contains(address + " can't be reached");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
  }
}
