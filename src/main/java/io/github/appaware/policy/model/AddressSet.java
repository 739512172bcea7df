package io.github.appaware.policy.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The named sets of addresses. The wildcard addresses {@code 0.0.0.0} and {@code ::} are in {@code
 * any} alone: for bind and listen they are every local address, not the loopback.
 */
final class AddressSet {
  /** Every address of both families. */
  static final AddressPattern ANY = set("any", "0.0.0.0/0", "::/0");

  /** This machine: RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3. */
  static final AddressPattern LOOPBACK = set("loopback", "127.0.0.0/8", "::1");

  /** Private networks: RFC 1918, section 3; RFC 4193, section 3.1 (unique local). */
  static final AddressPattern PRIVATE =
      set("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  /** The same link: RFC 3927, section 2.1; RFC 4291, section 2.5.6. */
  static final AddressPattern LINK_LOCAL = set("link-local", "169.254.0.0/16", "fe80::/10");

  /** Multicast groups: RFC 5771, section 3; RFC 4291, section 2.7. */
  static final AddressPattern MULTICAST = set("multicast", "224.0.0.0/4", "ff00::/8");

  /**
   * Cloud services that give credentials to every caller, from the vendors' manuals:
   *
   * <ul>
   *   <li>169.254.169.254: Amazon EC2, Azure, Google, Oracle, OpenStack, DigitalOcean and others
   *   <li>fd00:ec2::254: Amazon EC2 over IPv6
   *   <li>169.254.170.2: Amazon ECS, credentials of a task
   *   <li>169.254.170.23, fd00:ec2::23: Amazon EKS Pod Identity
   *   <li>168.63.129.16: Azure, the platform's own channel (WireServer)
   *   <li>fd20:ce::254: Google Compute Engine over IPv6
   *   <li>fd00:c1::a9fe:a9fe: Oracle Cloud over IPv6
   *   <li>fe80::a9fe:a9fe: OpenStack over IPv6
   *   <li>100.100.100.200: Alibaba Cloud
   *   <li>169.254.0.23: Tencent Cloud
   *   <li>169.254.42.42, fd00:42::42: Scaleway
   * </ul>
   */
  static final AddressPattern METADATA =
      set(
          "metadata",
          "169.254.169.254",
          "fd00:ec2::254",
          "169.254.170.2",
          "169.254.170.23",
          "fd00:ec2::23",
          "168.63.129.16",
          "fd20:ce::254",
          "fd00:c1::a9fe:a9fe",
          "fe80::a9fe:a9fe",
          "100.100.100.200",
          "169.254.0.23",
          "169.254.42.42",
          "fd00:42::42");

  private static final List<AddressPattern> ALL =
      List.of(ANY, LOOPBACK, PRIVATE, LINK_LOCAL, MULTICAST, METADATA);

  private static final List<String> LABELS = ALL.stream().map(AddressPattern::text).toList();

  private AddressSet() {}

  private static AddressPattern set(String label, String... members) {
    List<AddressPattern.Network> networks = new ArrayList<>();
    for (String member : members) {
      try {
        networks.add(AddressPattern.network(member));
      } catch (MalformedValue e) {
        throw new AssertionError(e);
      }
    }
    return new AddressPattern(label, networks);
  }

  /** The names in policies. */
  static List<String> labels() {
    return LABELS;
  }

  /** The set with one of the {@link #labels}. */
  static AddressPattern labelled(String label) {
    return ALL.get(LABELS.indexOf(label));
  }
}
