package io.github.appaware.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.RuleBuilder;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.HostListFixture;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many rules that differ in one key only are divided by that key. */
class IndexedKeysTest {
  private static final int MANY = 100;

  /** No conditions; and those that have few values, or are compared with the clock. */
  private static final Set<RuleKey> NOT_INDEXED =
      EnumSet.of(
          RuleKey.ID,
          RuleKey.ACTION,
          RuleKey.PRIORITY,
          RuleKey.NOTE,
          RuleKey.PROTOCOL,
          RuleKey.PEER,
          RuleKey.THROUGH,
          RuleKey.EXPIRES);

  @ParameterizedTest
  @EnumSource
  void theDecisionTreeDividesRulesByTheKey(RuleKey key) throws Exception {
    HostLists lists = new HostLists();
    CompiledRule[] rules = new CompiledRule[MANY];
    for (int i = 0; i < MANY; i++) {
      RuleBuilder rule = new RuleBuilder(Action.DENY, "p.toml", i + 1, 1);
      rules[i] = new CompiledRule(with(rule, key, i, lists).build());
    }

    Node node =
        IndexBuilder.build(rules, IndexBuilder.where(rules, all -> true), Split.ofOthers(lists));

    assertThat(node instanceof Node.Leaf).isEqualTo(NOT_INDEXED.contains(key));
  }

  private static RuleBuilder with(RuleBuilder rule, RuleKey key, int i, HostLists lists)
      throws MalformedValue {
    return switch (key) {
      case ID -> rule.id("r" + i);
      case ACTION -> rule.action(Action.DENY);
      case APP -> rule.apps(List.of("a" + i));
      case PARENT -> rule.parents(List.of(Glob.plain("p" + i)));
      case USER -> rule.users(List.of(Glob.plain("u" + i)));
      case MACHINE -> rule.machines(List.of(Glob.machine("m" + i)));
      case GROUP -> rule.groups(List.of(Group.unknown("g" + i)));
      case EVENT -> rule.events(Set.of(i % 2 == 0 ? EventKind.CONNECT : EventKind.SEND));
      case HOST -> rule.hosts(List.of(HostPattern.parse("h" + i)));
      case HOST_LIST ->
          rule.hostLists(List.of(HostListFixture.list(lists, "l" + i, "h" + i + "\n")));
      case ADDRESS -> rule.addresses(List.of(AddressPattern.parse("10.0.0." + i)));
      case PORT -> rule.ports(List.of(PortRange.parse("" + i)));
      case LOCAL_PORT -> rule.localPorts(List.of(PortRange.parse("" + i)));
      case PROTOCOL -> rule.protocols(Set.of(Protocol.TCP));
      case PATH -> rule.paths(List.of(Glob.path("/" + i)));
      case PEER -> rule.peers(List.of(PeerPattern.parse("f" + i)));
      case THROUGH -> rule.through(List.of(ProxyPattern.parse("p" + i)));
      case ORIGIN -> rule.origins(List.of(OriginPattern.parse("jar:" + i)));
      case PRIORITY -> rule.priority(i);
      case EXPIRES -> rule.expires(Instant.ofEpochSecond(i));
      case NOTE -> rule.note("n" + i);
    };
  }
}
