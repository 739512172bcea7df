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
 *
 * <p>The JDK asks for {@code listen} on {@code localhost}, whatever the local address, and for
 * {@code connect} with the address where a name was looked up. It looks names up itself; here a
 * name is compared with the one that the program asked for.
 */
final class SocketGrant {
  private static final String PEER =
      "a peer has an address only, for which no name is looked up: use its address";
  private static final String ORIGIN =
      "an origin is the code that causes the event; code that calls it is not looked at";
  private static final String BY_NAME =
      "a program that asks for a name that leads to the address is denied the look-up: name it";
  private static final String LOCALHOST = "localhost";
  private static final String LOOPBACK = "127.0.0.1";

  private final String source;
  private final Conversion conversion;
  private final Endpoint far;
  private final SocketPorts ports;
  private final PolicyEntry base;
  private final List<String> remarks = new ArrayList<>();

  private SocketGrant(String source, Endpoint far, String jar, Conversion conversion) {
    this.source = source;
    this.far = far;
    this.ports = SocketPorts.of(far.port());
    this.conversion = conversion;
    this.base = allow(jar);
    if (!jar.isEmpty()) {
      remarks.add(ORIGIN);
    }
  }

  private static PolicyEntry allow(String jar) {
    return PolicyEntry.rule(Action.ALLOW)
        .withAny(RuleKey.ORIGIN, jar.isEmpty() ? List.of() : List.of("jar:" + jar));
  }

  /** A {@link java.net.NetPermission} for all Unix-domain sockets. */
  static void unix(String source, String jar, Conversion conversion) {
    conversion.add(source, allow(jar).with(RuleKey.PROTOCOL, "unix"), jar.isEmpty() ? "" : ORIGIN);
  }

  static void convert(
      String source, String target, String actions, String jar, Conversion conversion) {
    if (target.contains("${")) {
      conversion.lose(source, "a policy has no properties to expand");
      return;
    }
    if (target.startsWith(":") && !target.startsWith("::")) {
      conversion.lose(source, "a port without a host: the JDK grants nothing; write `localhost`");
      return;
    }
    if (!target.startsWith("[") && target.contains("::")) {
      conversion.lose(source, "an IPv6 address needs brackets; the JDK ignores the permission");
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
    if (!Set.of("connect", "accept", "listen", "resolve").containsAll(actions)) {
      for (String action : actions) {
        if (!action.matches("connect|accept|listen|resolve")) {
          conversion.lose(source, "has an unknown action `" + action + "`");
        }
      }
      return; // the JDK ignores the whole permission
    }
    if (actions.contains("connect")) {
      connect();
    }
    if (!actions.contains("connect") || !isNamed()) {
      resolve(actions.contains("connect"));
    }
    if (actions.contains("accept")) {
      accept();
    }
    if (actions.contains("listen")) {
      listen();
    }
  }

  /** For a name, its look-up is in the same rule. */
  private void connect() {
    List<String> events =
        isNamed() ? List.of("resolve", "connect", "send") : List.of("connect", "send");
    add(withFarEnd(base).with(RuleKey.EVENT, events).withAny(RuleKey.PORT, ports.ports()));
  }

  private void resolve(boolean connects) {
    PolicyEntry rule = base.with(RuleKey.EVENT, "resolve");
    if (isThisMachine()) {
      add(rule.with(RuleKey.HOST, LOCALHOST));
    } else if (isAddress()) {
      String remark = connects ? BY_NAME : "";
      add(rule.with(RuleKey.ADDRESS, far.name()), remark);
    } else {
      add(isNamed() ? rule.with(RuleKey.HOST, far.name()) : rule);
    }
  }

  private void accept() {
    if (isNamed()) {
      conversion.lose(source, "`accept`: " + PEER);
    } else {
      add(
          withFarEnd(base)
              .with(RuleKey.EVENT, List.of("accept", "receive"))
              .withAny(RuleKey.PORT, ports.ports()));
    }
  }

  private void listen() {
    if (!isThisMachine() && !far.name().equals("*")) {
      conversion.lose(source, "`listen`: the JDK asks for `localhost`, whatever the local address");
    } else {
      add(
          base.with(RuleKey.EVENT, List.of("bind", "listen"))
              .withAny(RuleKey.PORT, ports.toListen()));
    }
  }

  private void add(PolicyEntry rule) {
    add(rule, "");
  }

  private void add(PolicyEntry rule, String remark) {
    List<String> all = new ArrayList<>(remarks);
    if (!ports.remark().isEmpty() && rule.has(RuleKey.PORT)) {
      all.add(ports.remark());
    }
    if (!remark.isEmpty()) {
      all.add(remark);
    }
    conversion.add(source, rule, String.join("; ", all));
  }

  private PolicyEntry withFarEnd(PolicyEntry rule) {
    if (isLocalhost()) {
      return rule.with(RuleKey.ADDRESS, List.of(LOOPBACK, "::1"));
    }
    return far.name().equals("*") ? rule : rule.with(far.key(), far.name());
  }

  private boolean isAddress() {
    return far.key() == RuleKey.ADDRESS;
  }

  /** Whether it is a name of another machine. */
  private boolean isNamed() {
    return !isAddress() && !isLocalhost() && !far.name().equals("*");
  }

  private boolean isLocalhost() {
    return !isAddress() && (far.name().isEmpty() || far.name().equalsIgnoreCase(LOCALHOST));
  }

  /** Whether the JDK takes it for {@code localhost}. */
  private boolean isThisMachine() {
    return isLocalhost() || (isAddress() && far.name().equals(LOOPBACK));
  }
}
