package io.github.appaware.convert.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.convert.Conversion;
import io.github.appaware.convert.DenoPermissions;
import io.github.appaware.convert.HardenRunner;
import io.github.appaware.convert.Imported;
import io.github.appaware.convert.OpenSnitch;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random policies, exported and imported again: where the export says that it is the same, the
 * imported policy decides as the first one; where it does not, it may.
 */
class RoundTripTest {
  private static final String LOOK_UPS =
      "carried over, not exactly: it lets every name be looked up";

  private static final String PASSES =
      "carried over, not exactly: it lets private networks, this machine and what GitHub Actions"
          + " needs pass as well";

  private static final List<String> PATTERNS =
      List.of("a.example", "b.a.example", "*.a.example", "c.example", "*.example");

  private static final List<String> NETWORKS =
      List.of("192.0.2.0/24", "192.0.2.7", "203.0.113.0/25", "2001:db8::/32");

  private static final List<String> HOSTS =
      List.of("", "a.example", "b.a.example", "c.example", "d.example");

  private static final List<String> ADDRESSES =
      List.of("192.0.2.7", "192.0.2.8", "203.0.113.9", "203.0.113.200", "2001:db8::1");

  private static final List<String> PORTS = List.of("80", "443", "\"8000-8003\"");
  private static final int[] TRIED = {80, 443, 8002, 9000};
  private static final int POLICIES = 200;
  private static final int EVENTS = 40;

  @TempDir Path directory;

  /** How a tool's text becomes a policy again. */
  private interface Import {
    Imported of(Export export) throws Exception;
  }

  private static String some(Random random, List<String> all, String quote) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      some.add(quote + all.get(random.nextInt(all.size())) + quote);
    }
    return some.stream().distinct().toList().toString();
  }

  private static Policy policy(Random random, boolean addresses) throws Exception {
    List<String> lines = new ArrayList<>(List.of("[default]", "unknown = 'deny'"));
    for (int i = random.nextInt(4); i >= 0; i--) {
      lines.add("[[rule]]");
      lines.add(random.nextInt(5) == 0 ? "action = 'deny'" : "action = 'allow'");
      int shape = random.nextInt(addresses ? 5 : 3);
      if (shape < 3) {
        lines.add("host = " + some(random, PATTERNS, "'"));
      } else {
        lines.add("address = " + some(random, NETWORKS, "'"));
      }
      if (random.nextInt(3) > 0) {
        lines.add("port = " + some(random, PORTS, ""));
      }
      if (random.nextBoolean()) {
        lines.add("protocol = 'tcp'");
      }
      if (random.nextInt(4) == 0) {
        lines.add("priority = " + (random.nextInt(5) - 2));
      }
      if (random.nextInt(3) == 0) {
        lines.add("event = ['connect', 'send']");
      }
    }
    return Samples.policy(lines.toArray(String[]::new));
  }

  private static boolean saysSame(Export export) {
    return export.remarks().stream()
        .allMatch(
            each -> each.startsWith("passed over") || each.equals(LOOK_UPS) || each.equals(PASSES));
  }

  private static void check(Exporter exporter, Import back, boolean addresses) throws Exception {
    Random random = new Random(5);
    int same = 0;
    int allowed = 0;
    for (int i = 0; i < POLICIES; i++) {
      Policy policy = policy(random, addresses);
      Export export = exporter.export(policy, "x", Samples.NOW);
      if (!saysSame(export)) {
        continue;
      }
      Imported imported = back.of(export);
      for (int j = 0; j < EVENTS; j++) {
        Event event = event(random);
        boolean expected = Fixtures.decide(policy, event) == Action.ALLOW;
        assertThat(imported.allows(event))
            .as("%s under %s, exported as %s", event, policy.rules(), export.documents())
            .isEqualTo(expected);
        same++;
        allowed += expected ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan(POLICIES * EVENTS / 20);
    assertThat(allowed).isGreaterThan(same / 20);
  }

  private static Event event(Random random) {
    boolean tcp = random.nextInt(3) > 0;
    return Imported.event(
        tcp ? EventKind.CONNECT : EventKind.SEND,
        tcp ? Protocol.TCP : Protocol.UDP,
        HOSTS.get(random.nextInt(HOSTS.size())),
        ADDRESSES.get(random.nextInt(ADDRESSES.size())),
        TRIED[random.nextInt(TRIED.length)]);
  }

  @Test
  void ofOpenSnitch() throws Exception {
    int[] number = {0};
    check(
        new OpenSnitchRules(),
        export -> {
          Path folder = Files.createDirectory(directory.resolve("rules-" + number[0]++));
          for (Export.Document each : export.documents()) {
            Files.writeString(folder.resolve(each.name()), each.text());
          }
          Conversion conversion = new Conversion();
          OpenSnitch.convert(folder, conversion);
          // A folder without rules is told, as it may be the wrong one.
          assertThat(conversion.isExact() || export.documents().isEmpty())
              .as(conversion.pieces().toString())
              .isTrue();
          return Imported.of(conversion, Action.DENY);
        },
        true);
  }

  @Test
  void ofDeno() throws Exception {
    check(
        new DenoFlags(),
        export -> {
          Conversion conversion = new Conversion();
          DenoPermissions permissions = new DenoPermissions(conversion);
          permissions.words("", List.of(export.documents().get(0).text().split("\n")));
          permissions.finish("deno");
          return Imported.of(conversion, Action.DENY);
        },
        false);
  }

  @Test
  void ofHardenRunner() throws Exception {
    check(
        new HardenRunnerList(),
        export -> {
          Conversion conversion = new Conversion();
          HardenRunner.convert("w.yml", export.documents().get(0).text(), conversion);
          HardenRunner.finish(conversion);
          return Imported.of(conversion, Action.DENY);
        },
        false);
  }
}
