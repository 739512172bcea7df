package io.github.appaware.e2e;

import static io.github.appaware.testkit.RemoteWorld.PORT;
import static io.github.appaware.testkit.RemoteWorld.always;
import static io.github.appaware.testkit.RemoteWorld.denied;
import static io.github.appaware.testkit.RemoteWorld.hear;
import static io.github.appaware.testkit.RemoteWorld.saying;
import static io.github.appaware.testkit.RemoteWorld.soon;
import static io.github.appaware.testkit.RemoteWorld.tell;
import static io.github.appaware.testkit.RemoteWorld.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Crowd;
import io.github.appaware.target.Journeys;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Network;
import io.github.appaware.testkit.Network.Host;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.RemoteWorld;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A remote server in a real network that fails: by the link to denied endpoints no frame is ever
 * sent, according to the kernel.
 */
@Timeout(value = 150, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
class RemoteNetworkIT {
  private static final String CONNECTED = "connected " + PORT;
  private static final String BY_RULE = " denied by rule \"bad\" (policy.toml:6)";
  private static final String AWAY = " denied: server unreachable";

  /** A silent server is noticed after six seconds; the rest is for a machine that is busy. */
  private static final Duration NOTICED = Duration.ofSeconds(15);

  private static final int EVENTS = 10_000;

  /** Of both programs. */
  private static final long THREADS = 8;

  private RemoteWorld world;

  @BeforeAll
  void setUp(@TempDir Path directory) throws Exception {
    world = new RemoteWorld(directory);
  }

  @AfterAll
  void tearDown() throws IOException {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void aProgramWithoutAgentIsSeenOnALineThatNoDeniedEventReaches() throws Exception {
    try (Network other = Network.open()) {
      Host from = other.alone();
      other.line(from, "denied", other.alone(), "10.72.0.0/16", "10.70.2");
      assertThat(from.sent("denied")).isZero();

      Result plain =
          Tool.run(
              new ProcessBuilder(
                  from.entering(
                      Jdk.running().java(), "-jar", world.steps().toString(), to("10.72.255.1"))),
              "");

      assertThat(plain.out()).isEqualTo("java.net.ConnectException: Connection refused\n");
      assertThat(from.sent("denied")).isPositive();
    }
  }

  @Test
  void whatIsAllowedPassesWhatIsDeniedSendsNothingAndAnAnswerStays() throws Exception {
    try (Dialog run = world.launched(world.steps());
        Dialog console = world.console()) {
      assertThat(run.say(to("10.71.255.1"))).isEqualTo(CONNECTED);
      assertThat(run.say(to("10.72.255.1"))).isEqualTo(denied("10.72.255.1", BY_RULE));

      long before = world.sent("asked");
      CompletableFuture<String> connected = saying(run, to("10.73.1.1"));
      String question = hear(console, "question");
      assertThat(Json.text(question, "machine")).isEqualTo("host-1");
      assertThat(Json.text(question, "what")).isEqualTo("connect tcp to 10.73.1.1:" + PORT);
      assertThat(connected).isNotDone();
      assertThat(world.sent("asked")).isEqualTo(before);
      always(console, question);
      assertThat(Json.text(hear(console, "answered"), "text"))
          .startsWith("saved as rule \"allow-connect-10.73.1.1-" + PORT + "\"");
      assertThat(soon(connected)).isEqualTo(CONNECTED);
      assertThat(world.sent("asked")).isGreaterThan(before);
      assertThat(run.end()).isZero();
    }
    assertThat(world.sent("denied")).isZero();
    assertThat(world.server().policy())
        .contains("by alice: connect tcp to 10.73.1.1:" + PORT)
        .contains("id       = \"allow-connect-10.73.1.1-" + PORT + "\"");

    // There is no one to ask, however the tests are run.
    try (Dialog again = world.launched(world.steps());
        Dialog bare = world.bare(world.steps())) {
      for (Dialog each : List.of(again, bare)) {
        assertThat(each.say(to("10.73.1.1"))).isEqualTo(CONNECTED);
        assertThat(each.say(to("10.72.255.1"))).isEqualTo(denied("10.72.255.1", BY_RULE));
        assertThat(each.end()).isZero();
      }
    }
    assertThat(world.sent("denied")).isZero();
    assertThat(world.server().record()).anyMatch(line -> line.contains("\"self-reported\":true"));
  }

  @Test
  void whileTheServersHostIsCutOffAllIsDeniedAndThenAllGoesOn() throws Exception {
    try (Dialog launched = world.launched(world.steps());
        Dialog bare = world.bare(world.steps());
        Dialog program = world.console();
        Pty person = world.terminal()) {
      List<Dialog> both = List.of(launched, bare);
      for (Dialog each : both) {
        assertThat(each.say(to("10.71.255.2"))).isEqualTo(CONNECTED);
      }
      person.awaitTold("run ");

      world.cut();
      long cut = System.nanoTime();
      List<CompletableFuture<String>> first =
          both.stream().map(each -> saying(each, to("10.71.255.3"))).toList();
      for (CompletableFuture<String> each : first) {
        assertThat(each.get(NOTICED.toSeconds(), TimeUnit.SECONDS))
            .isEqualTo(denied("10.71.255.3", AWAY));
        report("cut off, noticed by an application", cut);
      }
      for (Dialog each : both) { // what was allowed before, too
        Await.within(
            NOTICED, () -> each.say(to("10.71.255.2")).equals(denied("10.71.255.2", AWAY)));
        assertThat(each.say(to("10.72.255.2"))).isEqualTo(denied("10.72.255.2", AWAY));
      }
      assertThat(program.await()).isEqualTo(125);
      report("cut off, noticed by a console", cut);
      assertThat(program.err())
          .isEqualTo(
              """
              appaware: the server is away
                help: with --json the console ends then: start it again
              """);
      person.awaitTold("the server is away; reconnecting");
      for (Dialog each : both) {
        assertThat(each.say(to("10.71.255.3"))).isEqualTo(denied("10.71.255.3", AWAY));
      }

      world.mend();
      long mended = System.nanoTime();
      for (Dialog each : both) {
        Await.until(() -> each.say(to("10.71.255.3")).equals(CONNECTED));
        report("mended, allowed again", mended);
        assertThat(each.say(to("10.71.255.2"))).isEqualTo(CONNECTED);
        assertThat(each.say(to("10.72.255.2"))).isEqualTo(denied("10.72.255.2", BY_RULE));
      }
      person.awaitTold("the server is back");
      report("mended, the console is back", mended);

      answerAtTerminal(person, launched);
      assertThat(bare.say(to("10.73.2.1"))).isEqualTo(CONNECTED);
      for (Dialog each : both) {
        assertThat(each.end()).isZero();
      }
    }
    assertThat(world.sent("denied")).isZero();
    assertThat(world.server().policy())
        .contains("id       = \"allow-connect-10.73.2.1-" + PORT + "\"");
  }

  private static void answerAtTerminal(Pty person, Dialog run) throws Exception {
    CompletableFuture<String> connected = saying(run, to("10.73.2.1"));
    person.awaitQuestion("connect tcp to 10.73.2.1:" + PORT);
    assertThat(person.screen()).contains("host-1", "steps.jar, ");
    assertThat(connected).isNotDone();
    person.type("w");
    person.await("[Enter] save, and allow always");
    person.type(Pty.ENTER);
    assertThat(soon(connected)).isEqualTo(CONNECTED);
    person.awaitTold("saved as rule");
  }

  private static void report(String what, long since) {
    System.out.println(
        what + ": " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) + " ms");
  }

  @Test
  void aServerKilledInTheMiddleLetsNothingPassAndLosesNoAnswer() throws Exception {
    Path jar = world.program("journeys.jar", Journeys.class);
    Path crowd = world.program("crowd.jar", Crowd.class);
    String half = String.valueOf(EVENTS / 2);
    Map<String, Integer> landedBefore = world.landed();
    List<String> saved;
    List<String> asked = new ArrayList<>();
    try (Dialog launched = world.launched(jar, "0", half, "" + PORT);
        Dialog bare = world.bare(jar, half, half, "" + PORT);
        Dialog answered = world.launched(crowd)) {
      List<Dialog> both = List.of(launched, bare);
      for (Dialog each : both) {
        assertThat(each.hear()).isEqualTo("ready");
      }
      long killed;
      try (Dialog console = world.console()) {
        for (int i = 1; i <= 20; i++) {
          asked.add("10.73.3." + i);
          tell(answered, "it connect 10.73.3." + i + " " + PORT);
        }
        Map<String, String> questions = new TreeMap<>(); // one may be told of twice
        while (questions.size() < asked.size()) {
          String question = hear(console, "question");
          questions.put(Json.text(question, "question"), question);
        }
        for (Dialog each : both) {
          tell(each, "3000");
        }
        for (Dialog each : both) {
          assertThat(told(each, "done ")).isEqualTo("done 250");
        }
        saved = new ArrayList<>();
        for (String question : questions.values()) {
          always(console, question);
        }
        while (saved.size() < 8) {
          saved.add(savedRule(hear(console, "answered")));
        }
        world.server().kill();
        killed = System.nanoTime();
        for (String line = console.hear(); line != null; line = console.hear()) {
          if (Json.text(line, "type").equals("answered")) {
            saved.add(savedRule(line));
          }
        }
        assertThat(console.await()).isEqualTo(125);
      }
      for (Dialog each : both) {
        tell(each, half);
        report(told(each, "away "), killed);
      }
      world.server().start();
      report("killed, serving again", killed);
      for (Dialog each : both) {
        report(told(each, "back "), killed);
      }
      Map<String, Integer> all = new TreeMap<>();
      for (Dialog each : both) {
        each.process().getOutputStream().close();
        Map<String, Integer> outcomes = outcomes(told(each, "over "));
        System.out.println(outcomes);
        outcomes.forEach((outcome, count) -> all.merge(outcome, count, Integer::sum));
        assertThat(outcomes)
            .containsOnlyKeys(
                "good connected", "good unreachable", "bad denied", "bad unreachable");
        assertThat(each.await()).isZero();
      }
      assertThat(all.get("good connected") + all.get("good unreachable")).isEqualTo(EVENTS / 2);
      assertThat(all.get("bad denied") + all.get("bad unreachable")).isEqualTo(EVENTS / 2);
      Await.until(() -> since(landedBefore, "10.71") == all.get("good connected"));
      assertThat(world.landed()).doesNotContainKey("10.72");
      assertThat(world.sent("denied")).isZero();
      recorded(all);
    }

    System.out.println(saved.size() + " answers of " + asked.size() + " were reported as saved");
    assertThat(saved).doesNotHaveDuplicates();
    Result check = world.administer("policy", "check", "policy.toml");
    assertThat(check.status()).as(check.err()).isZero();
    String policy = world.server().policy();
    try (Dialog run = world.launched(crowd)) {
      for (String address : saved) {
        assertThat(policy).contains("id       = \"allow-connect-" + address + "-" + PORT + "\"");
        assertThat(run.say("it connect " + address + " " + PORT)).isEqualTo("it " + CONNECTED);
      }
      asked.removeAll(saved);
      for (String address : asked) {
        if (!policy.contains("\"allow-connect-" + address + "-" + PORT + "\"")) {
          assertThat(run.say("it connect " + address + " " + PORT))
              .endsWith(" denied because the policy says ask and there is no one to ask");
        }
      }
      assertThat(run.end()).isZero();
    }
  }

  /**
   * Each event is in the record. What the server had decided and could not send is in it twice,
   * once as decided and once as denied without it: no more than one for each thread.
   */
  private void recorded(Map<String, Integer> outcomes) throws IOException {
    List<String> lines =
        world.server().record().stream()
            .filter(line -> line.contains("\"file\":\"journeys.jar\""))
            .toList();
    Map<String, Long> counts = new TreeMap<>();
    for (String line : lines) {
      String network = Json.text(line, "address").substring(0, 5);
      String reason = line.replaceFirst(".*\"reason\":\\{\"kind\":\"([a-z]+)\".*", "$1");
      long count = Long.parseLong(Json.text(line, "count"));
      counts.merge(network + " " + Json.text(line, "verdict") + " " + reason, count, Long::sum);
    }
    System.out.println("the server's record: " + counts);
    assertThat(counts)
        .containsOnlyKeys(
            "10.71 allow rule",
            "10.71 deny unreachable",
            "10.72 deny rule",
            "10.72 deny unreachable");
    assertThat(counts.get("10.71 deny unreachable"))
        .isEqualTo(outcomes.get("good unreachable").longValue());
    assertThat(counts.get("10.72 deny unreachable"))
        .isEqualTo(outcomes.get("bad unreachable").longValue());
    assertThat(counts.get("10.71 allow rule") + counts.get("10.72 deny rule"))
        .isBetween(
            0L + outcomes.get("good connected") + outcomes.get("bad denied"),
            THREADS + outcomes.get("good connected") + outcomes.get("bad denied"));
  }

  private static String savedRule(String answered) {
    Matcher matcher =
        Pattern.compile("saved as rule \"allow-connect-([0-9.]+)-[0-9]+\".*")
            .matcher(Json.text(answered, "text"));
    assertThat(matcher.matches()).as(answered).isTrue();
    return matcher.group(1);
  }

  /** The next line that begins so. */
  private static String told(Dialog program, String begin) throws IOException {
    String line = program.hear();
    while (line != null && !line.startsWith(begin)) {
      line = program.hear();
    }
    assertThat(line).as(begin + program.err()).isNotNull();
    return line;
  }

  private static Map<String, Integer> outcomes(String over) {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (String each : over.replaceFirst("over \\{(.*)}", "$1").split(", ", -1)) {
      int end = each.lastIndexOf('=');
      outcomes.put(each.substring(0, end), Integer.valueOf(each.substring(end + 1)));
    }
    return outcomes;
  }

  private int since(Map<String, Integer> before, String network) throws IOException {
    return world.landed().getOrDefault(network, 0) - before.getOrDefault(network, 0);
  }
}
