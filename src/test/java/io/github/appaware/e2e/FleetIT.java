package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.EtcdProcess;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.RemoteServer;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share policy and answers in a real etcd, and a run at each. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class FleetIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    EtcdProcess.assume();
  }

  private Dialog run(RemoteServer server) throws IOException {
    return tool.talk(
        "run",
        "--no-prompt",
        "--server",
        server.address(),
        "--",
        Jdk.running().java(),
        "-jar",
        jar.toString());
  }

  private static String said(Dialog dialog, String step) {
    try {
      return dialog.say(step);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hear(Dialog console, String type) throws IOException {
    String line = console.hear();
    while (line != null && !Json.text(line, "type").equals(type)) {
      line = console.hear();
    }
    assertThat(line).as(type).isNotNull();
    return line;
  }

  /** Connects at the run of one server, and has an operator there allow it always. */
  private static String answer(Dialog run, Dialog console, String step) throws Exception {
    CompletableFuture<String> connected = CompletableFuture.supplyAsync(() -> said(run, step));
    String question = hear(console, "question");
    String id = question.replaceFirst(".*\"(?:question|id)\":([0-9]+).*", "$1");
    console
        .process()
        .getOutputStream()
        .write(
            ("{\"question\":"
                    + id
                    + ",\"answer\":\"allow\",\"scope\":\"host\",\"term\":\"always\"}\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    console.process().getOutputStream().flush();
    String answered = hear(console, "answered");
    assertThat(connected.get()).startsWith("connected");
    return Json.text(answered, "text");
  }

  @Test
  void anAnswerAtOneServerIsInForceAtTheOtherAndOutlivesEtcd() throws Exception {
    RemoteServer.init(tool, "home");
    try (EtcdProcess etcd = new EtcdProcess(directory);
        RemoteServer a = server(etcd);
        RemoteServer b = server(etcd);
        Listener one = new Listener();
        Listener two = new Listener("127.0.0.2");
        Listener three = new Listener("127.0.0.3")) {
      a.enrol("agent", "host-a");
      a.enrol("operator", "alice");
      b.enrol("agent", "host-b");
      try (Dialog atA = run(a);
          Dialog atB = run(b);
          Dialog console = tool.talk("console", "--server", a.address(), "--json")) {
        assertThat(atA.say("pid")).matches("\\d+");
        assertThat(atB.say("pid")).matches("\\d+");
        hear(console, "run");
        String step = "connect 127.0.0.1 " + one.port();
        assertThat(atB.say(step)).contains("no one to ask");
        assertThat(answer(atA, console, step)).startsWith("saved as rule \"allow-127.0.0.1\"");
        Await.until(() -> said(atB, step).startsWith("connected"));
        Duration least = Duration.ofDays(1);
        // A loaded machine may be away for longer, but not each time.
        for (int i = 4; i < 12 && least.compareTo(Duration.ofSeconds(1)) >= 0; i++) {
          least = untilInForce(atA, atB, console, "127.0.0." + i);
        }
        assertThat(least).as("at the other server").isLessThan(Duration.ofSeconds(1));

        etcd.kill();
        String other = "connect 127.0.0.2 " + two.port();
        assertThat(answer(atA, console, other)).startsWith("NOT saved, good for this run only: ");
        assertThat(atB.say(step)).as("the last good policy").startsWith("connected");
        assertThat(atB.say(other)).contains("no one to ask");

        etcd.start();
        String third = "connect 127.0.0.3 " + three.port();
        assertThat(answer(atA, console, third)).startsWith("saved as rule \"allow-127.0.0.3\"");
        Await.until(() -> said(atB, third).startsWith("connected"));
      }
    }
  }

  /** How long an answer at one server takes to be in force at the other. */
  private static Duration untilInForce(Dialog atA, Dialog atB, Dialog console, String host)
      throws Exception {
    try (Listener listener = new Listener(host)) {
      String step = "connect " + host + " " + listener.port();
      assertThat(answer(atA, console, step)).startsWith("saved as rule \"allow-" + host + "\"");
      long saved = System.nanoTime();
      Await.until(() -> said(atB, step).startsWith("connected"));
      Duration time = Duration.ofNanos(System.nanoTime() - saved);
      System.out.println("an answer at one server, in force at the other: " + time);
      return time;
    }
  }

  private RemoteServer server(EtcdProcess etcd, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--store", "etcd://" + etcd.server() + "/appaware"));
    all.addAll(List.of(options));
    return new RemoteServer(tool, "home", all.toArray(String[]::new));
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whileEtcdIsLostWhoeverWatchesSeesIt() throws Exception {
    RemoteServer.init(tool, "home");
    int port = Ports.free();
    try (EtcdProcess etcd = new EtcdProcess(directory);
        RemoteServer server = server(etcd, "--metrics", "127.0.0.1:" + port)) {
      HttpResponse<String> good = get(port, "/health");
      assertThat(good.statusCode()).as(server.address()).isEqualTo(200);
      assertThat(good.body()).startsWith("{\"status\":\"ok\",").endsWith(",\"store\":\"ok\"}\n");

      etcd.kill();
      long killed = System.nanoTime();
      Await.until(() -> get(port, "/health").statusCode() == 503);
      long lost = System.nanoTime();
      assertThat(get(port, "/health").body())
          .startsWith("{\"status\":\"failed\",\"epoch\":1,")
          .contains("\"record\":\"ok\",\"store\":\"etcd://" + etcd.server() + "/appaware is lost (")
          .endsWith(")\"}\n");
      assertThat(get(port, "/metrics").body()).contains("\nappaware_healthy 0.0\n");

      etcd.start();
      long back = System.nanoTime();
      Await.until(() -> get(port, "/health").statusCode() == 200);
      System.out.printf(
          "the loss of etcd is seen after %d ms, its return after %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(lost - killed),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back));
      assertThat(get(port, "/health").body()).isEqualTo(good.body());
      assertThat(get(port, "/metrics").body()).contains("\nappaware_healthy 1.0\n");
    }
  }
}
