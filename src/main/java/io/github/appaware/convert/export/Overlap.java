package io.github.appaware.convert.export;

import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.util.Collections;
import java.util.List;

/** Whether rules can be about the same connection. */
final class Overlap {
  private Overlap() {}

  /** Whether a connection may match both; told without knowing which addresses a name has. */
  static boolean of(Rule a, Rule b) {
    return ports(a.ports(), b.ports())
        && (a.protocols().isEmpty()
            || b.protocols().isEmpty()
            || !Collections.disjoint(a.protocols(), b.protocols()))
        && hosts(a, b)
        && addresses(a, b);
  }

  private static boolean hosts(Rule a, Rule b) {
    return a.hosts().isEmpty()
        || b.hosts().isEmpty()
        || a.hosts().stream().anyMatch(x -> b.hosts().stream().anyMatch(y -> of(x, y)));
  }

  private static boolean addresses(Rule a, Rule b) {
    return a.addresses().isEmpty()
        || b.addresses().isEmpty()
        || a.addresses().stream()
            .anyMatch(x -> b.addresses().stream().anyMatch(y -> networks(x, y)));
  }

  private static boolean networks(AddressPattern a, AddressPattern b) {
    return a.networks().stream()
        .anyMatch(
            x ->
                b.networks().stream()
                    .anyMatch(
                        y ->
                            x.address().startsWith(y.address(), y.length())
                                || y.address().startsWith(x.address(), x.length())));
  }

  static boolean of(HostPattern a, HostPattern b) {
    return covers(a, b) || covers(b, a);
  }

  /** Whether every name of {@code narrow} is one of {@code wide}. */
  static boolean covers(HostPattern wide, HostPattern narrow) {
    return narrow.below()
        ? wide.below() && (narrow.name().equals(wide.name()) || wide.matches(narrow.name()))
        : wide.matches(narrow.name());
  }

  private static boolean ports(List<PortRange> a, List<PortRange> b) {
    return a.isEmpty()
        || b.isEmpty()
        || a.stream()
            .anyMatch(x -> b.stream().anyMatch(y -> x.low() <= y.high() && y.low() <= x.high()));
  }

  /** Whether each port of {@code narrow} is one of {@code wide}. */
  static boolean coversPorts(List<PortRange> wide, List<PortRange> narrow) {
    return wide.isEmpty()
        || (!narrow.isEmpty()
            && narrow.stream()
                .allMatch(
                    x -> wide.stream().anyMatch(y -> y.low() <= x.low() && x.high() <= y.high())));
  }
}
