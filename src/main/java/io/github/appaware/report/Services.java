package io.github.appaware.report;

import io.github.appaware.event.EventKind;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inventory of external services: what a run reached, or tried to reach, outside of the
 * machine. ASVS 5.0 asks for such a list (13.1.1: all communication needs are documented, the
 * external services that the application relies on among them) and that an allow list defines it
 * (13.2.4: the policy). What each is for, only a person can say.
 */
public final class Services {
  /** Applications and libraries that are named for each. */
  static final int MOST_NAMES = 8;

  private Services() {}

  /** One service. Not thread-safe. */
  public static final class Service {
    private final Target target;
    private final List<String> apps = new ArrayList<>(1);
    private final List<String> libraries = new ArrayList<>(1);
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);

    private Service(Target target) {
      this.target = target;
    }

    private void add(Finding finding) {
      counts.merge(finding.outcome(), finding.count(), Long::sum);
      name(apps, finding.stableApp());
      name(libraries, finding.library());
    }

    private static void name(List<String> names, String name) {
      if (!name.isEmpty() && names.size() <= MOST_NAMES && !names.contains(name)) {
        names.add(names.size() < MOST_NAMES ? name : "and others");
      }
    }

    /** Host, port and protocol; the port is empty for a name that was only looked up. */
    public Target target() {
      return target;
    }

    /** Applications that used it: the first, and {@code and others} where there are more. */
    public List<String> apps() {
      return List.copyOf(apps);
    }

    /** Libraries that used it, as {@link #apps}. */
    public List<String> libraries() {
      return List.copyOf(libraries);
    }

    /** How many events. */
    public long count() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The worst that became of an event: a service that is denied once shows as denied. */
    public Outcome worst() {
      return counts.keySet().iterator().next(); // in the order of the constants
    }
  }

  /** Sorted by name, so that two inventories can be compared. */
  public static List<Service> of(Findings findings) {
    Map<Target, Service> services = new HashMap<>(2 * findings.all().size());
    Set<String> reached = new HashSet<>(2 * findings.all().size());
    List<Finding> lookups = new ArrayList<>();
    for (Finding each : findings.all()) {
      Target target = each.target();
      if (!target.external()) {
        continue;
      }
      if (each.entry().event().kind() == EventKind.RESOLVE) {
        lookups.add(each);
      } else {
        reached.add(target.host());
        services.computeIfAbsent(target, Service::new).add(each);
      }
    }
    for (Finding each : lookups) {
      Target target = each.target();
      if (!reached.contains(target.host())) {
        services.computeIfAbsent(target, Service::new).add(each);
      }
    }
    return sorted(services.values());
  }

  private static List<Service> sorted(Collection<Service> services) {
    List<Service> sorted = new ArrayList<>(services);
    sorted.sort(Services::byName);
    return sorted;
  }

  /** By hand: a chain of comparators takes twice as long for a hundred thousand. */
  private static int byName(Service one, Service other) {
    Target a = one.target();
    Target b = other.target();
    int order = a.host().compareTo(b.host());
    if (order == 0) {
      order = Integer.compare(a.port().length(), b.port().length());
    }
    if (order == 0) {
      order = a.port().compareTo(b.port());
    }
    return order == 0 ? a.protocol().compareTo(b.protocol()) : order;
  }
}
