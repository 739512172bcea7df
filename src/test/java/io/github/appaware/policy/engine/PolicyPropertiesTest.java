package io.github.appaware.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.explain.RuleEvaluation;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PolicyPropertiesTest {
  @Property(tries = 500)
  void theOrderOfRulesAndFilesNeverMatters(
      @ForAll @Size(max = 12) List<@From("rules") String> rules,
      @ForAll @Size(min = 1, max = 20) List<@From("events") Event> events,
      @ForAll Random random)
      throws PolicyException {
    List<String> shuffled = new ArrayList<>(rules);
    Collections.shuffle(shuffled, random);
    Policy one = Fixtures.policy(rules.toArray(String[]::new));
    Policy other = Fixtures.policy(shuffled.toArray(String[]::new));
    for (Event event : events) {
      assertThat(Fixtures.decide(other, event)).isEqualTo(Fixtures.decide(one, event));
    }
  }

  @Property(tries = 500)
  void aDenyRuleAddedNeverOpensAnythingAndDeniesWhatItMatches(
      @ForAll @Size(max = 8) List<@From("rules") String> rules,
      @ForAll("matchers") String matcher,
      @ForAll @Size(min = 1, max = 20) List<@From("events") Event> events)
      throws PolicyException {
    Policy before = Fixtures.policy(rules.toArray(String[]::new));
    String deny = "[[rule]]\naction = 'deny'\npriority = 1000\n" + matcher;
    List<String> more = new ArrayList<>(rules);
    more.add(deny);
    Policy after = Fixtures.policy(more.toArray(String[]::new));
    Rule added = after.rules().get(after.rules().size() - 1);
    for (Event event : events) {
      boolean matches =
          RuleEvaluation.matches(added, Fixtures.APP, event, Origin.UNKNOWN, Fixtures.NOW);
      assertThat(Fixtures.decide(after, event))
          .isEqualTo(matches ? Action.DENY : Fixtures.decide(before, event));
    }
  }

  @Property(tries = 500)
  void denyBeatsAllowUnlessTheAllowRuleHasPriority(
      @ForAll @Size(max = 8) List<@From("rules") String> rules, @ForAll("events") Event event)
      throws PolicyException {
    Policy policy = Fixtures.policy(rules.toArray(String[]::new));
    int top =
        policy.rules().stream()
            .filter(
                rule ->
                    RuleEvaluation.matches(rule, Fixtures.APP, event, Origin.UNKNOWN, Fixtures.NOW))
            .mapToInt(Rule::priority)
            .max()
            .orElse(Integer.MIN_VALUE);
    List<Action> actions =
        policy.rules().stream()
            .filter(rule -> rule.priority() == top)
            .filter(
                rule ->
                    RuleEvaluation.matches(rule, Fixtures.APP, event, Origin.UNKNOWN, Fixtures.NOW))
            .map(Rule::action)
            .toList();
    Action expected = Action.ASK;
    if (actions.contains(Action.DENY)) {
      expected = Action.DENY;
    } else if (actions.contains(Action.ALLOW)) {
      expected = Action.ALLOW;
    }
    assertThat(Fixtures.decide(policy, event)).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void everySpellingOfAnAddressDecidesEqually(
      @ForAll @Size(16) byte[] bytes, @ForAll boolean zeros, @ForAll boolean mapped)
      throws PolicyException {
    if (zeros) {
      Arrays.fill(bytes, 4, 12, (byte) 0);
    }
    if (mapped) {
      Arrays.fill(bytes, 0, 10, (byte) 0);
      Arrays.fill(bytes, 10, 12, (byte) -1);
    }
    Address address = Address.of(bytes);
    Event event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, 1);
    for (String spelling : new String[] {full(bytes, "%04X"), full(bytes, "%x"), "" + address}) {
      Policy policy = Fixtures.rule("action = 'deny'\naddress = '" + spelling + "'");
      assertThat(Fixtures.decide(policy, event)).as(spelling).isEqualTo(Action.DENY);
    }
  }

  private static String full(byte[] bytes, String format) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 16; i += 2) {
      groups.add(String.format(format, (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)));
    }
    return String.join(":", groups);
  }

  @Provide
  Arbitrary<String> matchers() {
    return Arbitraries.of(
        "",
        "host = 'a.example'\n",
        "host = '*.example'\n",
        "host = ['a.example', 'b.example']\nport = 443\n",
        "host = 'b.example'\nevent = ['resolve', 'connect']\nprotocol = 'tcp'\n",
        "address = '192.0.2.0/24'\n",
        "address = 'loopback'\nport = '0-1023'\n",
        "port = [80, 443]\n",
        "protocol = ['unix', 'udp']\n",
        "path = '/run/**'\n",
        "event = 'resolve'\n",
        "event = ['bind', 'listen']\naddress = 'any'\n",
        "expires = 2026-01-01T00:00:00Z\n",
        "expires = 2027-01-01T00:00:00Z\n");
  }

  @Provide
  Arbitrary<String> rules() {
    return Combinators.combine(
            Arbitraries.of("allow", "deny", "ask"),
            Arbitraries.integers().between(-1, 1),
            matchers())
        .as(
            (action, priority, matcher) ->
                "[[rule]]\naction = '" + action + "'\npriority = " + priority + "\n" + matcher);
  }

  @Provide
  Arbitrary<Event> events() {
    Arbitrary<String> hosts = Arbitraries.of("a.example", "b.example", "c.b.example", "example");
    Arbitrary<Address> addresses =
        Arbitraries.of("192.0.2.1", "127.0.0.1", "::1", "2001:db8::1").map(Fixtures::address);
    Arbitrary<Event> inet =
        Combinators.combine(
                Arbitraries.of(EventKind.CONNECT, EventKind.BIND, EventKind.LISTEN),
                Arbitraries.of(Protocol.TCP, Protocol.UDP),
                addresses,
                Arbitraries.of(0, 80, 443, 8080),
                hosts.list().ofMaxSize(2))
            .as(
                (kind, protocol, address, port, names) -> {
                  Event.Inet event = new Event.Inet(kind, protocol, address, port);
                  return names.size() == 1 ? event.withHost(names.get(0)) : event.withNames(names);
                });
    return Arbitraries.oneOf(
        inet,
        hosts.map(host -> new Event.Resolve(host, null)),
        addresses.map(address -> new Event.Resolve(null, address)),
        Arbitraries.of("", "/run/x", "/tmp/x").map(Fixtures::unix));
  }
}
