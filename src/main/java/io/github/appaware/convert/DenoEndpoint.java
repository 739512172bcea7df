package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A host of {@code --allow-net}, with a port or without: a name, {@code *.name}, which in Deno
 * includes the name itself, an IPv4 address or network, or an IPv6 address in brackets.
 *
 * @param endpoint its parts
 */
record DenoEndpoint(Endpoint endpoint) {
  private static final List<String> BARE_PORT = List.of("0.0.0.0", "127.0.0.1", "localhost");
  private static final List<String> WILDCARD = List.of("0.0.0.0", "::");
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");
  private static final String LOCALHOST = "localhost";
  private static final String BELOW = "*.";

  private static final String NO_WILDCARD =
      "a connection to the wildcard address is one to the loopback address here";

  private static final String NO_NAME =
      "a socket that listens has no name: the loopback addresses are denied";

  private static final String EPHEMERAL =
      "port 0 is taken for Linux's usual range of ephemeral ports";

  /** The endpoints that the text stands for: three for a port alone. */
  static List<DenoEndpoint> parse(String text) {
    if (text.matches(":[0-9]+")) {
      return BARE_PORT.stream().map(host -> new DenoEndpoint(Endpoint.parse(host + text))).toList();
    }
    return List.of(new DenoEndpoint(Endpoint.parse(text)));
  }

  private boolean isAddress() {
    return endpoint.key() == RuleKey.ADDRESS;
  }

  private boolean isWildcard() {
    return isAddress() && WILDCARD.contains(endpoint.name());
  }

  private boolean isLocalhost() {
    return !isAddress() && endpoint.name().equalsIgnoreCase(LOCALHOST);
  }

  /** Whether a socket of this machine can be bound to it. */
  boolean listens() {
    return isAddress() || isLocalhost();
  }

  /** Whether this is a name of which the address allows a port that the name does not. */
  boolean isNarrowerThan(DenoEndpoint address) {
    return !isAddress()
        && address.isAddress()
        && !address.isWildcard()
        && !endpoint.port().isEmpty()
        && !endpoint.port().equals(address.endpoint.port());
  }

  /**
   * Adds its rules.
   *
   * @param together the hosts that are named with it
   */
  void convert(Action action, String source, List<String> together, Conversion conversion) {
    if (isWildcard()) {
      boolean loopback = together.contains(this.port("127.0.0.1")) || together.contains(port(""));
      listen(
          action,
          WILDCARD,
          source,
          loopback && action == Action.ALLOW ? "" : NO_WILDCARD,
          conversion);
    } else if (isAddress()) {
      List<String> events = List.of("connect", "send", "bind", "listen");
      if (endpoint.port().equals("0")) {
        listen(action, List.of(endpoint.name()), source, "", conversion);
      } else {
        PolicyEntry rule = withPort(rule(action));
        // What comes in is not judged, so that is not denied.
        conversion.add(source, action == Action.DENY ? rule.with(RuleKey.EVENT, events) : rule, "");
      }
    } else {
      PolicyEntry rule = withPort(rule(action));
      List<String> events =
          endpoint.port().isEmpty()
              ? List.of("resolve", "connect", "send")
              : List.of("connect", "send");
      conversion.add(source, action == Action.DENY ? rule.with(RuleKey.EVENT, events) : rule, "");
      if (isLocalhost()) {
        listen(action, LOOPBACK, source, action == Action.DENY ? NO_NAME : "", conversion);
      }
    }
  }

  private void listen(
      Action action, List<String> addresses, String source, String remark, Conversion conversion) {
    PolicyEntry rule =
        PolicyEntry.rule(action)
            .with(RuleKey.EVENT, List.of("bind", "listen"))
            .with(RuleKey.ADDRESS, addresses);
    List<String> remarks = new ArrayList<>();
    if (endpoint.port().equals("0")) {
      rule = rule.with(RuleKey.PORT, List.of("0", "32768-60999"));
      remarks.add(EPHEMERAL);
    } else {
      rule = withPort(rule);
    }
    if (!remark.isEmpty()) {
      remarks.add(remark);
    }
    conversion.add(source, rule, String.join("; ", remarks));
  }

  private PolicyEntry rule(Action action) {
    PolicyEntry rule = PolicyEntry.rule(action);
    String name = endpoint.name();
    if (isAddress() && name.endsWith("/0")) {
      return rule.with(RuleKey.ADDRESS, List.of(name, "::")); // Java's wildcard of both families
    }
    return !isAddress() && name.startsWith(BELOW)
        ? rule.with(RuleKey.HOST, List.of(name, name.substring(BELOW.length())))
        : rule.with(endpoint.key(), name);
  }

  private PolicyEntry withPort(PolicyEntry rule) {
    return endpoint.port().isEmpty() ? rule : rule.with(RuleKey.PORT, endpoint.port());
  }

  private String port(String host) {
    return endpoint.port().isEmpty() ? host : host + ":" + endpoint.port();
  }

  /** As it was written. */
  @Override
  public String toString() {
    String name = endpoint.name();
    return port(name.indexOf(':') >= 0 ? "[" + name + "]" : name);
  }
}
