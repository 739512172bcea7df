package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One {@link java.net.SocketPermission}: a target {@code host:portrange} and the actions {@code
 * connect}, {@code accept}, {@code listen} and {@code resolve}, which all others imply.
 */
final class SocketGrant {
  private static final String PEER =
      "a peer has an address only, for which no name is looked up: use its address";
  private static final String ORIGIN =
      "an origin is the code that causes the event; code that calls it is not looked at";
  private static final String EPHEMERAL =
      "port 0 is taken for Linux's usual range of ephemeral ports";

  private final String source;
  private final Conversion conversion;
  private final Endpoint far;
  private final PolicyEntry base;
  private final List<String> remarks = new ArrayList<>();

  private SocketGrant(String source, Endpoint far, String jar, Conversion conversion) {
    this.source = source;
    this.far = far;
    this.conversion = conversion;
    this.base =
        PolicyEntry.rule(Action.ALLOW)
            .withAny(RuleKey.ORIGIN, jar.isEmpty() ? List.of() : List.of("jar:" + jar));
    if (!jar.isEmpty()) {
      remarks.add(ORIGIN);
    }
  }

  static void convert(
      String source, String target, String actions, String jar, Conversion conversion) {
    if (target.contains("${")) {
      conversion.lose(source, "a policy has no properties to expand");
      return;
    }
    SocketGrant grant = new SocketGrant(source, Endpoint.parse(target), jar, conversion);
    Set<String> all = new TreeSet<>();
    for (String action : actions.toLowerCase(Locale.ROOT).split(",", -1)) {
      all.add(action.strip());
    }
    grant.convert(all);
  }

  private void convert(Set<String> actions) {
    boolean connects = actions.remove("connect");
    boolean resolves = actions.remove("resolve");
    if (connects) {
      connect();
    }
    if ((connects && !isNamed()) || (resolves && !connects)) {
      resolve();
    }
    if (actions.remove("accept")) {
      accept();
    }
    if (actions.remove("listen")) {
      listen();
    }
    actions.forEach(action -> conversion.lose(source, "has an unknown action `" + action + "`"));
  }

  /** For a name, its look-up is in the same rule. */
  private void connect() {
    List<String> events =
        isNamed() ? List.of("resolve", "connect", "send") : List.of("connect", "send");
    add(withHost(base).with(RuleKey.EVENT, events).withAny(RuleKey.PORT, ports()));
  }

  private void resolve() {
    add(withHost(base).with(RuleKey.EVENT, "resolve"));
  }

  private void accept() {
    if (isNamed() && !isLocal()) {
      conversion.lose(source, "`accept`: " + PEER);
    } else {
      PolicyEntry rule = isLocal() ? base.with(RuleKey.ADDRESS, "loopback") : withHost(base);
      add(rule.with(RuleKey.EVENT, List.of("accept", "receive")).withAny(RuleKey.PORT, ports()));
    }
  }

  private void listen() {
    if (!isLocal() && !far.name().equals("*")) {
      conversion.lose(source, "`listen` is about the local host alone");
    } else {
      add(base.with(RuleKey.EVENT, List.of("bind", "listen")).withAny(RuleKey.PORT, ports()));
    }
  }

  private void add(PolicyEntry rule) {
    conversion.add(source, rule, String.join("; ", remarks));
  }

  private PolicyEntry withHost(PolicyEntry rule) {
    return far.name().equals("*")
        ? rule
        : rule.with(far.key(), isLocal() ? "localhost" : far.name());
  }

  private boolean isNamed() {
    return far.key() == RuleKey.HOST && !far.name().equals("*");
  }

  private boolean isLocal() {
    return far.key() == RuleKey.HOST && (far.name().isEmpty() || far.name().equals("localhost"));
  }

  /** {@code 80}, {@code -1023}, {@code 1024-}, {@code 8000-8099}, {@code 0}, or nothing for all. */
  private List<String> ports() {
    String port = far.port();
    if (port.isEmpty() || port.equals(":") || port.equals("*")) {
      return List.of();
    }
    if (port.equals("0")) {
      if (!remarks.contains(EPHEMERAL)) {
        remarks.add(EPHEMERAL);
      }
      return List.of("0", "32768-60999");
    }
    String range = port.startsWith("-") ? "0" + port : port;
    return List.of(range.endsWith("-") ? range + "65535" : range);
  }
}
