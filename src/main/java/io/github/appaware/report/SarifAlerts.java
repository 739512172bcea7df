package io.github.appaware.report;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Text;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was denied as alerts: events of one kind that one library, in any version, directs at one
 * host and port are one alert, whichever application, caller or rule it was this time, so that an
 * edit of the policy or of the program does not make it another one.
 */
final class SarifAlerts {
  private static final int MOST_NAMES = 5;

  private static final Comparator<Alert> WORST_FIRST =
      Comparator.comparing((Alert alert) -> alert.first().outcome())
          .thenComparing(Comparator.comparingLong((Alert alert) -> alert.count).reversed());

  private SarifAlerts() {}

  private record Key(EventKind kind, String library, Target target) {}

  /** Findings that are one alert. */
  static final class Alert {
    private final Key key;
    private final Finding first;
    private final List<String> apps = new ArrayList<>(1);
    private final List<String> callers = new ArrayList<>(1);
    private final List<String> tests = new ArrayList<>(0);
    private long count;

    private Alert(Key key, Finding first) {
      this.key = key;
      this.first = first;
    }

    private void add(Finding finding) {
      count += finding.count();
      name(apps, finding.stableApp());
      name(callers, finding.caller());
      name(tests, finding.test());
    }

    private static void name(List<String> names, String name) {
      if (!name.isEmpty() && names.size() < MOST_NAMES && !names.contains(name)) {
        names.add(name);
      }
    }

    EventKind kind() {
      return key.kind();
    }

    /** The most frequent of the worst. */
    Finding first() {
      return first;
    }

    long count() {
      return count;
    }

    /** The first few applications. */
    List<String> apps() {
      return List.copyOf(apps);
    }

    /** The first few callers. */
    List<String> callers() {
      return List.copyOf(callers);
    }

    /** The first few tests. */
    List<String> tests() {
      return List.copyOf(tests);
    }

    /** 128 bits of a hash of kind, library, host and port. */
    String fingerprint() {
      String text =
          String.join(
              "\n",
              key.kind().label(),
              key.library(),
              key.target().host(),
              key.target().port(),
              key.target().protocol());
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e); // every JDK has it
      }
    }
  }

  /** Errors before warnings; of each, the most frequent first. */
  static List<Alert> of(Findings findings) {
    Map<Key, Alert> alerts = new LinkedHashMap<>();
    for (Finding each : findings.all()) {
      if (each.outcome() != Outcome.ALLOWED) {
        Key key =
            new Key(
                each.entry().event().kind(),
                Text.printable(LibraryNames.unversioned(each.entry().origin())),
                each.target());
        alerts.computeIfAbsent(key, none -> new Alert(none, each)).add(each);
      }
    }
    List<Alert> sorted = new ArrayList<>(alerts.values());
    sorted.sort(WORST_FIRST);
    return sorted;
  }
}
