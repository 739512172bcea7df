package io.github.appaware.convert.export;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code allowed-endpoints} of the GitHub action step-security/harden-runner, as a step of a
 * workflow: names with a port, TCP alone.
 */
public final class HardenRunnerList implements Exporter {
  private static final List<Integer> DEFAULT_PORT = List.of(443);

  /** What its agent lets pass without being asked. */
  private static final List<AddressPattern.Network> PASSES =
      Networks.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, Set.of(), export);
    Set<String> endpoints = new LinkedHashSet<>();
    for (Rule rule : egress.allows()) {
      if (rule.hosts().isEmpty() && rule.addresses().isEmpty()) {
        export.lose(rule, "it allows every host; the list takes names");
      } else if (rule.hosts().isEmpty() && Networks.areWithin(rule.addresses(), PASSES)) {
        export.pass(rule, "is about this machine or a private network, which it lets pass");
      } else if (rule.hosts().isEmpty()) {
        export.lose(rule, "it allows addresses; the list takes names");
      } else if (!rule.protocols().isEmpty() && !rule.protocols().contains(Protocol.TCP)) {
        export.lose(rule, "it is not about TCP");
      } else {
        endpoints(rule, egress, export, endpoints);
      }
    }
    export.remark(
        Export.Kind.INEXACT,
        "it lets private networks, this machine and what GitHub Actions needs pass as well");
    StringBuilder text = new StringBuilder();
    text.append("- uses: step-security/harden-runner@v2\n  with:\n    egress-policy: block\n");
    text.append("    allowed-endpoints: >\n");
    endpoints.forEach(each -> text.append("      ").append(each).append('\n'));
    export.document("", text.toString());
    return export;
  }

  private static void endpoints(Rule rule, Egress egress, Export export, Set<String> endpoints) {
    List<Integer> ports = SinglePorts.of(rule, export);
    if (ports == null) {
      return;
    }
    if (!rule.addresses().isEmpty()) {
      export.differ(rule, "its addresses do not count there");
    }
    if (!rule.protocols().equals(Set.of(Protocol.TCP))) {
      export.differ(rule, "it is about TCP alone there");
    }
    if (rule.ports().isEmpty()) {
      export.differ(rule, "it allows any port; the list has 443");
      ports = DEFAULT_PORT;
    }
    for (HostPattern host : egress.hosts(rule)) {
      ports.forEach(port -> endpoints.add(host + ":" + port));
    }
  }
}
