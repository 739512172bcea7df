package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.testkit.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a summary says that can be pasted. */
class UnaskedEventsTest {
  private static final Address ADDRESS = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private final UnaskedEvents unasked = new UnaskedEvents();

  private static Application app(String file, String hash, String... command) {
    return Application.builder()
        .file(file)
        .path("/opt/" + file)
        .sha256(hash.repeat(32))
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user("me")
        .pid(1)
        .command(List.of(command))
        .directory("/opt")
        .build();
  }

  private static Action action(Policy policy, Application app, Event event) {
    Application named = app.withId(policy.match(app).id());
    return policy.decide(named, event, Origin.UNKNOWN, Samples.NOW).action();
  }

  @Test
  void theBlocksAllowWhatWasDeniedAndNothingElse() throws Exception {
    Policy before =
        Samples.policy("[[rule]]", "action = 'ask'", "host = 'two.example'", "priority = 9");
    Application app = app("app.jar", "ab");
    Application same = app("app.jar", "ab", "java", "-jar", "app.jar", "again");
    Application namesake = app("app.jar", "cd");
    Event peer =
        new Event.Inet(EventKind.ACCEPT, Protocol.TCP, ADDRESS, 50_000).withLocalPort(8080);
    List<Event> events =
        List.of(
            Samples.connect("one.example"),
            Samples.connect("two.example"),
            new Event.Resolve("api.example", null),
            new Event.Unix(EventKind.CONNECT, "/run/x.sock"),
            new Event.Inet(EventKind.LISTEN, Protocol.TCP, ADDRESS, 8080),
            peer);
    for (Event event : events) {
      int priority = event.equals(events.get(1)) ? 9 : 0;
      unasked.add(app, event, Origin.UNKNOWN, () -> priority);
      unasked.add(same, event, Origin.UNKNOWN, () -> priority);
    }
    unasked.add(namesake, Samples.connect("three.example"), Origin.UNKNOWN, () -> 0);
    unasked.add(app, ((Event.Inet) peer).withPort(50_001), Origin.UNKNOWN, () -> 0);

    List<String> blocks = unasked.blocks(before, Instant.now());
    // Two rules more of listen, one of which is one with that of accept.
    assertThat(blocks).hasSize(2 + events.size() + 1 + 1).noneMatch(block -> block.startsWith("#"));
    Policy after =
        PolicyReader.parse(
            "p.toml",
            Samples.text("[[rule]]", "action = 'ask'", "host = 'two.example'", "priority = 9")
                + String.join("\n", blocks));
    for (Event event : events) {
      assertThat(action(before, app, event)).as(event.describe()).isEqualTo(Action.ASK);
      assertThat(action(after, app, event)).as(event.describe()).isEqualTo(Action.ALLOW);
      assertThat(action(after, same, event)).as(event.describe()).isEqualTo(Action.ALLOW);
      assertThat(action(after, namesake, event)).as(event.describe()).isEqualTo(Action.ASK);
    }
    assertThat(action(after, namesake, Samples.connect("three.example"))).isEqualTo(Action.ALLOW);
    assertThat(action(after, app, Samples.connect("three.example"))).isEqualTo(Action.ASK);
    assertThat(action(after, app, Samples.connect("one.example", 80))).isEqualTo(Action.ASK);
  }

  @Test
  void whatDiffersInPortsOrInHostsIsOneRuleAndNothingMore() throws Exception {
    Application app = app("app.jar", "ab");
    for (String host : List.of("one.example", "two.example")) {
      for (int port : new int[] {443, 8443}) {
        unasked.add(app, Samples.connect(host, port), Origin.UNKNOWN, () -> 0);
      }
    }
    unasked.add(app, Samples.connect("three.example", 443), Origin.UNKNOWN, () -> 0);

    List<String> blocks = unasked.blocks(Samples.policy(), Instant.now());

    assertThat(blocks).hasSize(3);
    assertThat(blocks.get(1))
        .contains("[\"one.example\", \"two.example\"]")
        .contains("[443, 8443]");
    Policy after = PolicyReader.parse("p.toml", Samples.text() + String.join("\n", blocks));
    assertThat(action(after, app, Samples.connect("two.example", 8443))).isEqualTo(Action.ALLOW);
    assertThat(action(after, app, Samples.connect("three.example", 443))).isEqualTo(Action.ALLOW);
    assertThat(action(after, app, Samples.connect("three.example", 8443))).isEqualTo(Action.ASK);
  }

  @Test
  void moreThanAnybodyPastesIsNotKept() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      unasked.add(
          app("a" + i + ".jar", "ab"), Samples.connect("one.example"), Origin.UNKNOWN, () -> 0);
    }
    List<String> blocks = unasked.blocks(Samples.policy(), Instant.now());

    assertThat(blocks).hasSize(81).endsWith("# and more, which would be asked in another run");
    List<String> shown = Truncation.fitting(blocks, 30_000, "# ");
    assertThat(shown).hasSize(64).endsWith("# and 18 more");
  }

  @Test
  void whatNoRuleCanSayIsSaid() throws Exception {
    unasked.add(Samples.APP, Samples.connect("*.example"), Origin.UNKNOWN, () -> 0);

    assertThat(unasked.blocks(Samples.policy(), Instant.now()))
        .last()
        .isEqualTo("# no rule can allow connect tcp to *.example:443");
  }
}
