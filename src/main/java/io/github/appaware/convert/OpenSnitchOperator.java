package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The conditions of one OpenSnitch rule, which all must hold, as keys of a rule. A value that
 * OpenSnitch compares as text and that means more here, such as {@code *.name} or a range of ports,
 * is not carried over.
 */
final class OpenSnitchOperator {
  private static final String EVERY_IPV4 = "0.0.0.0/0";
  private static final String EVERY_IPV6 = "::/0";
  private static final String NAME_SERVICE = "53";
  private static final List<String> ON_THE_NETWORK = List.of("tcp", "udp", "sctp");

  private static final Set<RuleKey> NARROWER =
      EnumSet.of(RuleKey.ADDRESS, RuleKey.PORT, RuleKey.PROTOCOL);

  private static final Set<RuleKey> FAR_END =
      EnumSet.of(RuleKey.HOST, RuleKey.HOST_LIST, RuleKey.ADDRESS, RuleKey.PORT, RuleKey.PROTOCOL);

  private final List<String> reasons = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<RuleKey> keys = EnumSet.noneOf(RuleKey.class);
  private final Action action;

  /** Without what is known about the far end. */
  private PolicyEntry base;

  private PolicyEntry app;
  private PolicyEntry farEnd;
  private List<String> ports = List.of();
  private List<String> protocols = List.of();
  private boolean six;
  private boolean four;

  OpenSnitchOperator(Action action, int priority) {
    this.action = action;
    this.base = PolicyEntry.rule(action).priority(priority);
    this.farEnd = base;
  }

  /** Adds one condition, or a list of them. */
  void add(Map<?, ?> operator) {
    String type = JsonTree.text(operator, "type");
    String operand = JsonTree.text(operator, "operand");
    String data = JsonTree.text(operator, "data");
    if (type.equals("list")) {
      if (operator.get("list") instanceof List<?> list && !list.isEmpty()) {
        list.forEach(each -> add(each instanceof Map<?, ?> map ? map : Map.of()));
      } else {
        reasons.add("its list of conditions is empty, or of an old form");
      }
    } else if (!operand.equals("true")) {
      if (JsonTree.text(operator, "sensitive").equals("true")
          && operand.equals("dest.host")
          && data.chars().anyMatch(Character::isUpperCase)) {
        reasons.add("`" + data + "` is compared in upper and lower case");
      }
      condition(type, operand, data);
    }
  }

  private void condition(String type, String operand, String data) {
    String kind = type.equals("regexp") || type.equals("simple") ? "text" : type;
    boolean regexp = type.equals("regexp");
    switch (kind + " " + operand) {
      case "text dest.host" ->
          put(RuleKey.HOST, regexp ? Alternatives.hosts(data) : OpenSnitchData.host(data), data);
      case "text dest.ip" -> put(RuleKey.ADDRESS, OpenSnitchData.addresses(regexp, data), data);
      case "network dest.network" -> put(RuleKey.ADDRESS, OpenSnitchData.network(data), data);
      case "text dest.port" -> ports(OpenSnitchData.ports(regexp, data), data);
      case "range dest.port" -> ports(OpenSnitchData.range(data), data);
      case "text protocol" -> protocols(regexp ? Alternatives.words(data) : List.of(data), data);
      case "text user.name" -> user(regexp, data);
      case "text process.path" -> program(regexp, data);
      case "lists lists.domains" ->
          put(RuleKey.HOST_LIST, OpenSnitchData.lists(data, remarks), data);
      default -> reasons.add("`" + operand + "` of type `" + type + "` has no counterpart");
    }
  }

  private void put(RuleKey key, List<String> values, String data) {
    if (values.isEmpty()) {
      reasons.add("`" + data + "` is more than a list of plain values for `" + key.label() + "`");
    } else if (!keys.add(key)) {
      reasons.add("it has several conditions on `" + key.label() + "`, which all must hold");
    } else {
      farEnd = farEnd.with(key, values);
    }
  }

  private void ports(List<String> values, String data) {
    put(RuleKey.PORT, values, data);
    ports = values;
  }

  /** OpenSnitch's protocols name the address family too. */
  private void protocols(List<String> names, String data) {
    List<String> plain =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("6$", ""))
            .distinct()
            .toList();
    put(RuleKey.PROTOCOL, plain, data);
    protocols = plain;
    six = names.stream().anyMatch(name -> name.endsWith("6"));
    four = names.stream().anyMatch(name -> !name.endsWith("6"));
    if (six && four && names.size() != 2 * plain.size()) {
      reasons.add("`" + data + "` names protocols of different address families");
    }
  }

  /** OpenSnitch turns the name into a number; an expression is compared with the number. */
  private void user(boolean regexp, String name) {
    if (regexp || OpenSnitchData.isGlob(name)) {
      reasons.add("`" + name + "` is not the name of one user");
    } else if (keys.add(RuleKey.USER)) {
      base = base.with(RuleKey.USER, name);
      farEnd = farEnd.with(RuleKey.USER, name);
    } else {
      reasons.add("it has several conditions on `user`, which all must hold");
    }
  }

  private void program(boolean regexp, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (regexp || OpenSnitchData.isGlob(name)) {
      reasons.add("an application is identified by its file name, not by a regular expression");
    } else if (name.equals("java")) {
      reasons.add(
          "every Java program is `"
              + path
              + "`: give the application itself an id with"
              + " `appaware identify`");
    } else if (keys.add(RuleKey.APP)) {
      String id = name.replaceAll("[^A-Za-z0-9._-]", "-");
      app = PolicyEntry.app(id).with(AppKey.FILE, name);
      base = base.with(RuleKey.APP, id);
      farEnd = farEnd.with(RuleKey.APP, id);
      remarks.add("an application is identified by its file name: `" + path + "` in any directory");
    } else {
      reasons.add("it has several conditions on `app`, which all must hold");
    }
  }

  void finish(String source, String description, Conversion conversion) {
    if (six != four && keys.contains(RuleKey.ADDRESS)) {
      reasons.add("it names a protocol's address family and an address");
    }
    if (!reasons.isEmpty()) {
      conversion.lose(source, String.join("; ", reasons));
      return;
    }
    if (app != null) {
      conversion.app(source, app);
    }
    PolicyEntry rule = farEnd;
    if (!isNamed() || action == Action.DENY) {
      // A name that is denied at some ports can be looked up.
      rule =
          rule.with(
              RuleKey.EVENT,
              isNamed() && Collections.disjoint(keys, NARROWER)
                  ? List.of("resolve", "connect", "send")
                  : List.of("connect", "send"));
    }
    if (six != four) {
      rule = rule.with(RuleKey.ADDRESS, six ? EVERY_IPV6 : EVERY_IPV4);
    }
    if (Collections.disjoint(keys, FAR_END)) {
      rule = rule.with(RuleKey.PROTOCOL, ON_THE_NETWORK); // not Unix-domain sockets
    }
    conversion.add(source, rule.note(description), String.join("; ", remarks));
    if (reachesNameServers()) {
      PolicyEntry names = base.with(RuleKey.EVENT, "resolve").note(description);
      conversion.add(source + ", look-ups", names, String.join("; ", remarks));
    }
  }

  private boolean isNamed() {
    return keys.contains(RuleKey.HOST) || keys.contains(RuleKey.HOST_LIST);
  }

  /** Whether the rule holds for packets to any name server, which OpenSnitch sees as such. */
  private boolean reachesNameServers() {
    return !isNamed()
        && !keys.contains(RuleKey.ADDRESS)
        && (ports.isEmpty() || OpenSnitchData.includes(ports, NAME_SERVICE))
        && (protocols.isEmpty() || protocols.contains("udp"));
  }
}
