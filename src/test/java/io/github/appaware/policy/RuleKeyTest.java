package io.github.appaware.policy;

import static io.github.appaware.policy.Fixtures.APP;
import static io.github.appaware.policy.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.PolicyExplainer;
import io.github.appaware.policy.explain.RuleEvaluation;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.DefaultKey;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.GroupKey;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each key of a rule is read, evaluated, indexed, explained and written, and spelled once. */
class RuleKeyTest {
  private static final Path ROOMS = Path.of("src/main/java/io/github/appaware");

  /** The keys that say something about a rule, not about events. */
  private static final Set<RuleKey> NO_CONDITION =
      EnumSet.of(RuleKey.ID, RuleKey.ACTION, RuleKey.PRIORITY, RuleKey.NOTE);

  /** More rules than the engine tries one by one. */
  private static final int MANY = 40;

  @TempDir Path dir;

  /**
   * What tells a key's values apart.
   *
   * @param value as a policy has it
   * @param other another value, or the same with which the event does not agree
   */
  private record Example(String value, String other, Application app, Event event, Origin origin) {}

  private static final Map<RuleKey, Example> EXAMPLES = new EnumMap<>(RuleKey.class);

  static {
    Application app = APP.toBuilder().id("a").parent("p").user("u").machine("m").build();
    Event connect = Fixtures.connect("10.1.2.3", 443, "a.example");
    Event accept =
        new Event.Inet(EventKind.ACCEPT, Protocol.TCP, Fixtures.address("10.1.2.3"), 50000)
            .withLocalPort(8080);
    Origin.Source source = new Origin.Source("/opt/x.jar", "", "");
    Origin origin = new Origin(List.of(new Origin.Frame("X", "x", 1, "", source)), "main");
    example(RuleKey.APP, "'a'", "'b'", app, connect);
    example(RuleKey.PARENT, "'p'", "'q'", app, connect);
    example(RuleKey.USER, "'u'", "'v'", app, connect);
    example(RuleKey.MACHINE, "'m'", "'n'", app, connect);
    example(RuleKey.GROUP, "'g'", "'h'", app, connect);
    example(RuleKey.EVENT, "'connect'", "'send'", app, connect);
    example(RuleKey.HOST, "'a.example'", "'b.example'", app, connect);
    example(RuleKey.HOST_LIST, "'1.txt'", "'2.txt'", app, connect);
    example(RuleKey.ADDRESS, "'10.0.0.0/8'", "'11.0.0.0/8'", app, connect);
    example(RuleKey.PORT, "443", "444", app, connect);
    example(RuleKey.LOCAL_PORT, "8080", "8081", app, accept);
    example(RuleKey.PROTOCOL, "'tcp'", "'udp'", app, connect);
    example(RuleKey.PATH, "'/run/x'", "'/run/y'", app, Fixtures.unix("/run/x"));
    Event reaching =
        Fixtures.unix("/run/x").withPeer(new Peer(Peer.Place.OUTSIDE, 1, "u", "f", ""));
    example(RuleKey.PEER, "'outside'", "'run'", app, reaching);
    Proxy proxy = new Proxy("proxy.example", Fixtures.address("10.1.2.4"), 3128);
    Event behind = Tunnel.to("a.example", 443, proxy);
    example(RuleKey.THROUGH, "'proxy.example:3128'", "'proxy.example:3129'", app, behind);
    example(RuleKey.EXPIRES, "2026-06-01T12:00:01Z", "2026-06-01T12:00:00Z", app, connect);
    EXAMPLES.put(RuleKey.ORIGIN, new Example("'jar:x.jar'", "'jar:y.jar'", app, connect, origin));
  }

  private static void example(
      RuleKey key, String value, String other, Application app, Event event) {
    EXAMPLES.put(key, new Example(value, other, app, event, Origin.UNKNOWN));
  }

  @Test
  void eachKeyIsAConditionWithAnExampleOrNone() {
    assertThat(EnumSet.complementOf(EnumSet.copyOf(NO_CONDITION))).isEqualTo(EXAMPLES.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void aRuleMatchesByTheKeyAloneAndDiffersByIt(RuleKey key) throws Exception {
    Example example = EXAMPLES.get(key);
    if (example == null) {
      assertThat(NO_CONDITION).contains(key);
      return;
    }
    Policy policy = policy(key, List.of(example.value, example.other));
    Rule same = policy.rules().get(0);
    Rule other = policy.rules().get(1);

    assertThat(mismatch(same, example)).isNull();
    assertThat(mismatch(other, example)).isEqualTo(key);
    assertThat(same.has(key)).isTrue();
    assertThat(same.without(key).has(key)).isFalse();
    assertThat(mismatch(other.without(key), example)).isNull();
    assertThat(policy.deciding(example.app, example.event, example.origin, NOW)).isEqualTo(same);
    assertThat(
            PolicyExplainer.explain(policy, example.app, example.event, example.origin, NOW)
                .rules()
                .get(1)
                .key())
        .isEqualTo(key);
  }

  @ParameterizedTest
  @EnumSource
  void theEngineFindsARuleByTheKeyAmongMany(RuleKey key) throws Exception {
    Example example = EXAMPLES.get(key);
    if (example != null) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        values.add(example.other);
      }
      values.add(MANY / 2, example.value);
      Policy policy = policy(key, values);

      assertThat(policy.deciding(example.app, example.event, example.origin, NOW))
          .isEqualTo(policy.rules().get(MANY / 2));
    }
  }

  private static RuleKey mismatch(Rule rule, Example example) {
    return RuleEvaluation.mismatch(rule, example.app, example.event, example.origin, NOW)
        .orElse(null);
  }

  private Policy policy(RuleKey key, List<String> values) throws Exception {
    Files.writeString(dir.resolve("1.txt"), "a.example\n");
    Files.writeString(dir.resolve("2.txt"), "b.example\n");
    StringBuilder text = new StringBuilder("version = 1\n[[app]]\nid = 'a'\nfile = 'a'\n");
    text.append("[[group]]\nid = 'g'\nmachine = 'm'\n[[group]]\nid = 'h'\nmachine = 'n'\n");
    for (String value : values) {
      text.append("[[rule]]\naction = 'deny'\n");
      text.append(key.label()).append(" = ").append(value).append('\n');
    }
    return PolicyReader.read(List.of(Files.writeString(dir.resolve("p.toml"), text)));
  }

  @Test
  void everyKeyIsInThePolicyThatShowsAllOfThem() throws Exception {
    Path file = Path.of("src/test/resources/policy/every-key.toml");
    List<String> lines = Files.readAllLines(file);
    for (RuleKey key : RuleKey.values()) {
      assertThat(lines).as(key.label()).anyMatch(line -> line.startsWith(key.label() + " = "));
    }
  }

  @Test
  void keysAreWrittenInCanonicalOrder() throws Exception {
    PolicyEntry entry = PolicyEntry.rule(Action.ALLOW);
    List<RuleKey> reversed = new ArrayList<>(List.of(RuleKey.values()));
    Collections.reverse(reversed);
    for (RuleKey key : reversed) {
      entry = key == RuleKey.ACTION ? entry : entry.with(key, "1");
    }

    assertThat(entry.lines().stream().skip(1).map(line -> line.split(" +=", 2)[0]))
        .isEqualTo(PolicyKey.labels(RuleKey.values()));
  }

  @Test
  void noOtherClassOfThePolicySpellsAKey() throws IOException {
    Set<PolicyKey> all = new LinkedHashSet<>();
    for (PolicyKey[] keys :
        List.<PolicyKey[]>of(
            RuleKey.values(),
            AppKey.values(),
            GroupKey.values(),
            DefaultKey.values(),
            DocumentKey.values())) {
      all.addAll(List.of(keys));
    }
    List<String> spelled = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOMS.resolve("policy"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        for (PolicyKey key : all) {
          if (!file.toString().endsWith("Key.java") && text.contains("\"" + key.label() + "\"")) {
            spelled.add(file.getFileName() + ": " + key.label());
          }
        }
      }
    }
    assertThat(spelled).isEmpty();
  }
}
