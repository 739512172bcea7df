package io.github.appaware.convert.export;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The custom allow list of the firewall around GitHub Copilot's coding agent, an entry a line.
 *
 * <p>By its documentation an entry is a domain, which stands for all names below it too, at any
 * port; or a URL, which stands for its scheme and host alone. So a name at port 443 is the URL
 * {@code https://name/}, and other rules become wider.
 */
public final class GithubFirewallList implements Exporter {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, Set.of(), export);
    Set<String> entries = new LinkedHashSet<>();
    for (Rule rule : egress.allows()) {
      if (rule.hosts().isEmpty()) {
        export.lose(
            rule,
            rule.addresses().isEmpty()
                ? "it allows every host; the list takes names"
                : "it allows addresses; the list takes names");
      } else if (!rule.protocols().isEmpty() && !rule.protocols().contains(Protocol.TCP)) {
        export.lose(rule, "it is not about TCP");
      } else {
        entries(rule, egress, export, entries);
      }
    }
    export.document("", String.join("\n", entries) + (entries.isEmpty() ? "" : "\n"));
    return export;
  }

  private static void entries(Rule rule, Egress egress, Export export, Set<String> entries) {
    if (!rule.addresses().isEmpty()) {
      export.differ(rule, "its addresses do not count there");
    }
    if (!rule.protocols().equals(Set.of(Protocol.TCP))) {
      export.differ(rule, "it is about TCP alone there");
    }
    boolean web =
        !rule.ports().isEmpty()
            && rule.ports().stream()
                .allMatch(
                    port ->
                        port.low() == port.high() && (port.low() == HTTPS || port.low() == HTTP));
    for (HostPattern host : egress.hosts(rule)) {
      if (host.below()) {
        entries.add(host.name());
        export.differ(
            rule, "`*.name` is `name` there, which includes the name itself, at any port");
      } else if (web) {
        List<Integer> ports = SinglePorts.of(rule, export);
        ports.forEach(
            port -> entries.add((port == HTTPS ? "https://" : "http://") + host.name() + "/"));
      } else {
        entries.add(host.name());
        export.differ(rule, "a name includes all names below it there, at any port");
      }
    }
  }
}
