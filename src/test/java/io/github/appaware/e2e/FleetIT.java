package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.e2e.Tool.Dialog;
import io.github.appaware.store.Etcd;
import io.github.appaware.target.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share policy and answers in a real etcd, and a run at each. */
@Timeout(180)
class FleetIT {
  @TempDir Path directory;
  private Tool tool;
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    Etcd.assume();
    tool = new Tool(directory);
    jar = Programs.jar(directory.resolve("steps.jar"), Steps.class);
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
    try (Etcd etcd = new Etcd(directory);
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
        assertThat(atB.say(step)).contains("nobody can be asked");

        assertThat(answer(atA, console, step)).startsWith("saved as rule \"allow-127.0.0.1\"");
        long saved = System.nanoTime();
        while (!atB.say(step).startsWith("connected")) {
          assertThat(System.nanoTime() - saved)
              .as("at the other server within a second")
              .isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - saved);
        System.out.println("an answer at one server, in force at the other: " + millis + " ms");

        etcd.kill();
        String other = "connect 127.0.0.2 " + two.port();
        assertThat(answer(atA, console, other)).startsWith("NOT saved, good for this run only: ");
        assertThat(atB.say(step)).as("the last good policy").startsWith("connected");
        assertThat(atB.say(other)).contains("nobody can be asked");

        etcd.start();
        String third = "connect 127.0.0.3 " + three.port();
        assertThat(answer(atA, console, third)).startsWith("saved as rule \"allow-127.0.0.3\"");
        Await.until(() -> said(atB, third).startsWith("connected"));
      }
    }
  }

  private RemoteServer server(Etcd etcd) throws Exception {
    return new RemoteServer(tool, "home", "--store", "etcd://" + etcd.server() + "/appaware");
  }
}
