package io.github.appaware.convert.export;

import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.MalformedValue;
import java.util.ArrayList;
import java.util.List;

/** Networks of rules. */
final class Networks {
  /** This machine. */
  static final List<Network> LOOPBACK = of("loopback");

  private Networks() {}

  /** The networks of these patterns. */
  static List<Network> of(String... patterns) {
    try {
      List<Network> networks = new ArrayList<>();
      for (String pattern : patterns) {
        networks.addAll(AddressPattern.parse(pattern).networks());
      }
      return List.copyOf(networks);
    } catch (MalformedValue e) {
      throw new AssertionError(e); // constants of the program
    }
  }

  static List<Network> of(List<AddressPattern> patterns) {
    return patterns.stream().flatMap(each -> each.networks().stream()).distinct().toList();
  }

  static boolean isWithin(Network network, Network wide) {
    return network.length() >= wide.length()
        && network.address().startsWith(wide.address(), wide.length());
  }

  /** Whether all of them are parts of these networks. */
  static boolean areWithin(List<AddressPattern> patterns, List<Network> wide) {
    return of(patterns).stream()
        .allMatch(network -> wide.stream().anyMatch(each -> isWithin(network, each)));
  }

  static boolean isSingle(Network network) {
    return network.length() == network.address().bits();
  }

  static boolean isIpv6(Network network) {
    return network.address().bits() > 32;
  }

  /** With its length, also that of a single address. */
  static String cidr(Network network) {
    return network.address() + "/" + network.length();
  }
}
