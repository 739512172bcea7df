package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Heartbeat;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.OperatedServer;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the operator of a remote server sees of it, and how it ends. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class ServerOperationsIT {
  private static final int MANY = 1_000;

  @TempDir Path directory;
  private Tool tool;

  @Test
  void theFiguresAreThoseOfTheRecord() throws Exception {
    Path log = directory.resolve("log.jsonl");
    try (OperatedServer server = new OperatedServer(directory, "--log", "log.jsonl");
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      double before = 0;
      for (int i = 0; i < MANY; i++) {
        Verdict verdict = OperatedServer.ask(agent, i, i % 4 == 0 ? "no.example" : "yes.example");
        assertThat(verdict.allowed()).isEqualTo(i % 4 != 0);
        if (i % 100 == 0) {
          double now = decided(server.samples());
          // An agent may hear its verdict before it is counted.
          assertThat(now).isBetween((double) i, i + 1.0).isGreaterThanOrEqualTo(before);
          before = now;
        }
      }
      Verdict used = new Verdict(true, Reason.of(Reason.Kind.RULE), Verdict.Reuse.ENDPOINT, 1);
      agent.write(
          new Message.Used(OperatedServer.event("yes.example"), Origin.UNKNOWN, used, 7, 1));
      agent.write(new Message.Flush(1));
      assertThat(agent.read()).isEqualTo(new Message.Noted(1));

      Map<String, Double> samples = server.samples();
      List<String> lines = Files.readAllLines(log);
      assertThat(lines).hasSize(MANY + 1);
      assertThat(samples)
          .containsEntry(of("decisions", "deny", "default"), MANY / 4.0)
          .containsEntry(of("decisions", "allow", "rule"), MANY * 3 / 4.0)
          .containsEntry(of("reuses", "allow", "rule"), 7.0)
          .containsEntry("appaware_decision_seconds_count", (double) MANY)
          .containsEntry("appaware_asked_decision_seconds_count", 0.0)
          .containsEntry("appaware_record_lines_total", MANY + 1.0)
          .containsEntry("appaware_record_bytes_total", (double) Files.size(log))
          .containsEntry("appaware_record_failures_total", 0.0)
          .containsEntry("appaware_agents", 1.0)
          .containsEntry("appaware_runs", 1.0)
          .containsEntry("appaware_epoch", 1.0)
          .containsEntry("appaware_healthy", 1.0)
          .containsKey("jvm_memory_used_bytes{area=\"heap\"}");
      assertThat(decided(samples)).isEqualTo(MANY);
      assertThat(Json.sum(lines, "connect", "allow"))
          .isEqualTo(
              samples.get(of("decisions", "allow", "rule")).longValue()
                  + samples.get(of("reuses", "allow", "rule")).longValue());
      assertThat(Json.sum(lines, "connect", "deny")).isEqualTo(MANY / 4);
    }
  }

  @Test
  void theStatusNamesClientsRunsAndTokensAndTheTerminalWhoComes() throws Exception {
    Tool.Result absent = tool.run("server", "status", "--home", "home");
    assertThat(absent.status()).isEqualTo(125);
    assertThat(absent.err())
        .contains("/home` is not a server's directory", "help: make one: appaware server init ");
    try (OperatedServer server = new OperatedServer(directory);
        FrameChannel operator = server.operator();
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      agent.write(new Message.Ask(1, OperatedServer.event("ask.example"), Origin.UNKNOWN));
      // In one line where both come within a second.
      Await.until(() -> server.err().contains("agent `host-1`"));
      Await.until(() -> server.err().contains("operator `olga`"));
      assertThat(operator.read()).as("the question").isNotNull();
      Heartbeat heartbeat = new Heartbeat(operator, agent);
      try (heartbeat) {
        assertStatus();
      }
    }
    Tool.Result ended = status();
    assertThat(ended.status()).isEqualTo(125);
    assertThat(ended.err())
        .contains("no server runs with `home`")
        .contains("help: start it: appaware server --home home");
  }

  /** Of a server with one agent of a run, an operator and an open question. */
  private void assertStatus() throws Exception {
    Await.until(() -> status().out().contains("1 open questions"));

    Tool.Result status = status();
    assertThat(status.status()).as(status.err()).isZero();
    assertThat(status.out())
        .containsPattern("serving at tls://localhost:\\d+ for \\d+s, process \\d+\n")
        .contains("record: ok; policy: ok\n")
        .contains("1 agents in 1 runs, 1 consoles, 1 open questions, policy epoch 1\n")
        .containsPattern("olga +operator +\\d{4}-\\d\\d-\\d\\d .* until \\d{4}-.* 127.0.0.1\n")
        .containsPattern("host-1 +agent .* until .* 127.0.0.1\n")
        .containsPattern("[0-9a-f]{8} +host-1 +a.jar +1\n");
    String json = status("--json").out().strip();
    assertThat(Json.isObject(json)).isTrue();
    assertThat(Json.text(json, "questions")).isEqualTo("1");
    assertThat(json)
        .contains(
            "{\"name\":\"olga\",\"role\":\"operator\",\"host\":\"127.0.0.1\",\"connections\":1}")
        .contains("\"machine\":\"host-1\",\"application\":\"a.jar\",\"agents\":1}");

    assertThat(tool.run("server", "revoke", "--home", "home", "host-1").status()).isZero();
    Tool.Result list = tool.run("server", "list", "--home", "home");
    assertThat(list.out())
        .containsPattern("host-1 +agent .* revoked\n")
        .doesNotContain("CONNECTED");
  }

  private Tool.Result status(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("server", "status", "--home", "home"));
    arguments.addAll(List.of(more));
    return tool.run(arguments.toArray(String[]::new));
  }

  private static String of(String name, String verdict, String reason) {
    return "appaware_" + name + "_total{reason=\"" + reason + "\",verdict=\"" + verdict + "\"}";
  }

  private static double decided(Map<String, Double> samples) {
    return samples.entrySet().stream()
        .filter(each -> each.getKey().startsWith("appaware_decisions_total{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @Test
  void strangersAreCounted() throws Exception {
    try (OperatedServer server = new OperatedServer(directory);
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      agent.write(new Message.Finish());
      Message closed = agent.read();
      assertThat(closed).isNull();
      Await.until(
          () ->
              server
                  .samples()
                  .get("appaware_refused_connections_total{cause=\"protocol\"}")
                  .equals(1.0));
      assertThat(server.samples()).containsEntry("appaware_agents", 0.0);
    }
  }

  @Test
  void aRecordThatCanNoLongerBeWrittenIsSeenByWhoeverWatches() throws Exception {
    try (OperatedServer server = new OperatedServer(directory, "--log", "/dev/full");
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      HttpResponse<String> good = server.get("/health");
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.body())
          .isEqualTo(
              """
              {"status":"ok","epoch":1,"runs":1,"agents":1,"consoles":0,"questions":0,\
              "record":"ok","store":"ok"}
              """);

      assertThat(OperatedServer.ask(agent, 1, "yes.example"))
          .isEqualTo(Verdict.denied(Reason.Kind.UNRECORDED));

      HttpResponse<String> bad = server.get("/health");
      assertThat(bad.statusCode()).isEqualTo(503);
      assertThat(bad.body())
          .startsWith("{\"status\":\"failed\",\"epoch\":2,\"runs\":1,")
          .endsWith("\"record\":\"No space left on device\",\"store\":\"ok\"}\n");
      assertThat(OperatedServer.ask(agent, 2, "yes.example"))
          .isEqualTo(Verdict.denied(Reason.Kind.UNRECORDED));
      assertThat(server.err())
          .containsOnlyOnce(
              "appaware: the record /dev/full can't be written (No space left on device):"
                  + " everything is denied from now on\n");
    }
  }

  @Test
  void filesAreChangedWhileDecisionsHappenAndNoLineIsLost() throws Exception {
    try (OperatedServer server =
            new OperatedServer(
                directory, "--log", "log.jsonl", "--log-size", "16K", "--log-keep", "100");
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      for (int i = 0; i < MANY; i++) {
        assertThat(OperatedServer.ask(agent, i, "yes.example").allowed()).isTrue();
      }
      long all = 0;
      int files = 0;
      for (Path file = directory.resolve("log.jsonl");
          Files.exists(file);
          file = directory.resolve("log.jsonl." + files)) {
        assertThat(Files.size(file)).isLessThanOrEqualTo(16 * 1024);
        all += Json.sum(Files.readAllLines(file), "connect", "allow");
        files++;
      }
      assertThat(all).isEqualTo(MANY);
      assertThat(files).isGreaterThan(10);
    }
  }

  @Test
  void aSyslogServerGetsEachLineAndItsEndDeniesEverything() throws Exception {
    try (ServerSocket syslog = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OperatedServer server =
            new OperatedServer(
                directory, "--log", "syslog+tcp://127.0.0.1:" + syslog.getLocalPort());
        Socket connection = syslog.accept();
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        assertThat(OperatedServer.ask(agent, i, "yes.example").allowed()).isTrue();
        messages.add(counted(connection)); // it is there before the verdict
      }
      assertThat(messages)
          .allMatch(each -> each.matches("<[0-9]+>1 [0-9-]+T[0-9:.]+Z .* \\{\"time\":.*}"))
          .allMatch(each -> each.contains("\"host\":\"yes.example\""));

      connection.shutdownOutput();
      Await.until(() -> !OperatedServer.ask(agent, 9, "yes.example").allowed());
      assertThat(server.get("/health").statusCode()).isEqualTo(503);
    }
  }

  /** A message behind its length. */
  private static String counted(Socket connection) throws Exception {
    StringBuilder length = new StringBuilder();
    for (int c = connection.getInputStream().read(); c != ' '; ) {
      length.append((char) c);
      c = connection.getInputStream().read();
    }
    int count = Integer.parseInt(length.toString());
    return new String(connection.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
  }

  @Test
  void aRequestToEndEndsItInOrderAndNothingRecordedIsLost() throws Exception {
    try (OperatedServer server = new OperatedServer(directory, "--log", "-");
        FrameChannel agent = OperatedServer.agent(server.enrol())) {
      for (int i = 0; i < 100; i++) {
        assertThat(OperatedServer.ask(agent, i, "yes.example").allowed()).isTrue();
      }

      server.signal("TERM");

      assertThat(agent.read()).isNull();
      assertThat(server.ended()).isZero();
      assertThat(Json.sum(server.out(), "connect", "allow")).isEqualTo(100);
      assertThat(server.err().lines())
          .allMatch(line -> line.matches("appaware: (serving at|connected: agent `host-1`) .*"));
    }
  }

  @Test
  void aBadPolicyMakesNoFileOfTheRecord() throws Exception {
    assertThat(tool.run("server", "init", "home", "--name", "localhost").status()).isZero();
    Files.writeString(directory.resolve("bad.toml"), "version = 9\n");

    Tool.Result result =
        tool.run(
            "server",
            "--home",
            "home",
            "--listen",
            "tls://localhost:7443",
            "-p",
            "bad.toml",
            "--log",
            "log");

    assertThat(result.err()).startsWith("appaware: bad.toml:1:");
    assertThat(result.status()).isEqualTo(125);
    assertThat(directory.resolve("log")).doesNotExist();
  }

  @Test
  void figuresAreForLoopbackAlone() throws Exception {

    Tool.Result result =
        tool.run(
            "server",
            "--home",
            "x",
            "--listen",
            "tls://localhost:7443",
            "--metrics",
            "0.0.0.0:9464");

    assertThat(result.err())
        .isEqualTo(
            """
            appaware: invalid address `0.0.0.0:9464` for --metrics: expected loopback, e.g. 127.0.0.1:9464
              help: see `appaware server --help`
            """);
    assertThat(result.status()).isEqualTo(125);
  }
}
