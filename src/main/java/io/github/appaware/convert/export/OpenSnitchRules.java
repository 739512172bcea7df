package io.github.appaware.convert.export;

import static io.github.appaware.convert.export.Tree.map;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Rules of OpenSnitch, a file each. It tries them in the order of their names; the first that
 * denies or has precedence decides. So the rules are numbered from the highest priority down, of
 * each first those that deny, and all have precedence.
 */
public final class OpenSnitchRules implements Exporter {
  private static final Set<Egress.Ability> ABILITIES =
      EnumSet.of(
          Egress.Ability.DENY_HOSTS,
          Egress.Ability.DENY_ADDRESSES,
          Egress.Ability.PRIORITIES,
          Egress.Ability.ADDRESSES,
          Egress.Ability.USERS);

  private static final Comparator<Rule> ORDER =
      Comparator.comparingInt(Rule::priority)
          .reversed()
          .thenComparing(rule -> rule.action() != Action.DENY);

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, ABILITIES, export);
    List<Rule> rules = new ArrayList<>(egress.denies());
    rules.addAll(egress.allows());
    rules.sort(ORDER);
    List<Map<String, Object>> written = new ArrayList<>();
    for (Rule rule : rules) {
      for (List<Object> conditions : alternatives(rule, egress, export)) {
        written.add(rule(rule.action(), label(rule), rule.note(), conditions, now));
      }
    }
    if (egress.looksUp()) {
      List<Object> conditions =
          List.of(condition("simple", "dest.port", "53"), protocols(Set.of(Protocol.UDP)));
      written.add(rule(Action.ALLOW, "allow-look-ups", "", conditions, now));
      export.remark(Export.Kind.INEXACT, "it lets every name be looked up");
    }
    export.remark(
        Export.Kind.PASSED, "what no rule decides, its default action does: set that to deny");
    int digits = Integer.toString(Math.max(100, written.size())).length();
    for (int i = 0; i < written.size(); i++) {
      Map<String, Object> rule = written.get(i);
      String number = Integer.toString(i);
      String numbered = "0".repeat(digits - number.length()) + number + "-" + rule.get("name");
      rule.put("name", numbered);
      export.document(numbered + ".json", Tree.json(rule));
    }
    return export;
  }

  private static String label(Rule rule) {
    String id = rule.id().isEmpty() ? "line-" + rule.line() : rule.id();
    return rule.action().label() + "-" + id.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private static Map<String, Object> rule(
      Action action, String name, String note, List<Object> conditions, Instant now) {
    String time = now.toString();
    Object operator =
        conditions.size() == 1
            ? conditions.get(0)
            : map(
                "type", "list",
                "operand", "list",
                "sensitive", false,
                "data", "",
                "list", conditions);
    return map(
        "created",
        time,
        "updated",
        time,
        "name",
        name,
        "description",
        note,
        "enabled",
        true,
        "precedence",
        true,
        "nolog",
        false,
        "action",
        action.label(),
        "duration",
        "always",
        "operator",
        operator);
  }

  /** A rule of OpenSnitch has no alternatives but those that an expression can list. */
  private static List<List<Object>> alternatives(Rule rule, Egress egress, Export export) {
    List<Object> base = new ArrayList<>();
    if (egress.hasUser(rule)) {
      base.add(condition("simple", "user.name", rule.users().get(0).toString()));
    }
    if (!rule.protocols().isEmpty()) {
      base.add(protocols(rule.protocols()));
    }
    List<Object> hosts = new ArrayList<>();
    List<HostPattern> patterns = rule.action() == Action.DENY ? rule.hosts() : egress.hosts(rule);
    hosts(patterns, host -> !host.below(), "^", hosts);
    hosts(patterns, HostPattern::below, "^.*\\.", hosts);
    List<Object> addresses = addresses(rule);
    List<Object> ports = ports(rule, export);
    if ((!rule.hosts().isEmpty() && hosts.isEmpty())
        || (!rule.ports().isEmpty() && ports.isEmpty())) {
      return List.of();
    }
    List<List<Object>> all = new ArrayList<>();
    all.add(base);
    all = times(times(times(all, hosts), addresses), ports);
    for (List<Object> each : all) {
      if (each.isEmpty()) {
        each.add(condition("simple", "true", ""));
      }
    }
    return all;
  }

  private static List<List<Object>> times(List<List<Object>> all, List<Object> more) {
    if (more.isEmpty()) {
      return all;
    }
    List<List<Object>> product = new ArrayList<>();
    for (List<Object> each : all) {
      for (Object one : more) {
        List<Object> both = new ArrayList<>(each);
        both.add(one);
        product.add(both);
      }
    }
    return product;
  }

  private static void hosts(
      List<HostPattern> hosts, Predicate<HostPattern> which, String begin, List<Object> all) {
    List<String> names = hosts.stream().filter(which).map(HostPattern::name).toList();
    if (names.size() == 1 && !hosts.stream().filter(which).findFirst().orElseThrow().below()) {
      all.add(condition("simple", "dest.host", names.get(0)));
    } else if (!names.isEmpty()) {
      all.add(condition("regexp", "dest.host", begin + oneOf(names)));
    }
  }

  /** {@code (a\.example|b\.example)$}. */
  private static String oneOf(List<String> words) {
    return words.stream()
        .map(word -> word.replace(".", "\\."))
        .collect(Collectors.joining("|", "(", ")$"));
  }

  private static List<Object> addresses(Rule rule) {
    List<Object> all = new ArrayList<>();
    List<String> single = new ArrayList<>();
    for (Network network : Networks.of(rule.addresses())) {
      if (Networks.isSingle(network)) {
        single.add(network.toString());
      } else {
        all.add(condition("network", "dest.network", network.toString()));
      }
    }
    if (single.size() == 1) {
      all.add(condition("simple", "dest.ip", single.get(0)));
    } else if (!single.isEmpty()) {
      all.add(condition("regexp", "dest.ip", "^" + oneOf(single)));
    }
    return all;
  }

  private static List<Object> ports(Rule rule, Export export) {
    List<Object> all = new ArrayList<>();
    List<String> single = new ArrayList<>();
    for (PortRange range : rule.ports()) {
      if (range.equals(PortRange.EPHEMERAL)) {
        export.differ(rule, "the ports that the system chooses are left out");
      } else if (range.low() == range.high()) {
        single.add(range.toString());
      } else {
        all.add(condition("range", "dest.port", range.toString()));
      }
    }
    if (single.size() == 1) {
      all.add(condition("simple", "dest.port", single.get(0)));
    } else if (!single.isEmpty()) {
      all.add(condition("regexp", "dest.port", "^" + oneOf(single)));
    }
    return all;
  }

  /** Its protocols name the address family as well. */
  private static Object protocols(Set<Protocol> protocols) {
    List<String> names = new ArrayList<>();
    for (Protocol protocol : protocols) {
      if (protocol != Protocol.UNIX) {
        names.add(protocol.label());
        names.add(protocol.label() + "6");
      }
    }
    return condition("regexp", "protocol", "^" + oneOf(names));
  }

  private static Map<String, Object> condition(String type, String operand, String data) {
    return map("type", type, "operand", operand, "sensitive", false, "data", data);
  }
}
