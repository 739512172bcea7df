package io.github.appaware.report;

import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.StableNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a report is about: the events of a run, counted by application, event, library, caller,
 * verdict and rule. All texts are escaped, in visible ASCII characters, and cut.
 */
public final class Findings {
  /** Of more, only the number of events is kept. */
  static final int MOST = 200_000;

  private final Map<Key, Counted> findings = new LinkedHashMap<>();
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final Map<Object, Object> shared = new HashMap<>();
  private List<Finding> sorted;
  private List<Services.Service> services;
  private long unnamed;

  /** What became of an event; the worst first. */
  public enum Outcome {
    DENIED,
    /** It was allowed in audit mode alone. */
    WOULD,
    ALLOWED;

    static Outcome of(RecordEntry entry) {
      if (!entry.verdict().allowed()) {
        return DENIED;
      }
      return entry.verdict().reason().isWould() ? WOULD : ALLOWED;
    }

    /** In reports: {@code denied}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Events that differ in nothing that is shown.
   *
   * @param app the application's id, else its file name
   * @param event kind and far end, as messages have it
   * @param library the innermost code, or empty
   * @param caller the application's own frame that led there, or empty
   * @param test the test that was running, or empty
   * @param reason why
   * @param entry the first of them
   * @param target its far end
   * @param stableApp the application, by what of its name stays the same from one run to the next
   */
  public record Finding(
      Outcome outcome,
      String app,
      String event,
      String library,
      String caller,
      String test,
      String reason,
      long count,
      RecordEntry entry,
      Target target,
      String stableApp) {
    /** The innermost frame of the first of them, {@code com.acme.Tracker.send:12}, or empty. */
    String frame() {
      Origin.Frame frame = entry.cut() ? null : entry.origin().library();
      return frame == null ? "" : frame.describe();
    }

    /** The library with that frame, {@code com.acme:tracker:1.0 (com.acme.Tracker.send:12)}. */
    String code() {
      return library.isEmpty() || frame().isEmpty() ? library : library + " (" + frame() + ")";
    }
  }

  private record Key(
      Outcome outcome,
      String app,
      String event,
      String library,
      String caller,
      String test,
      String reason) {}

  private static final class Counted {
    private final RecordEntry first;
    private long count;

    Counted(RecordEntry first) {
      this.first = first;
    }
  }

  /** Takes an entry of the run's record. */
  public void add(RecordEntry entry) {
    sorted = null;
    services = null;
    Outcome outcome = Outcome.of(entry);
    counts.merge(outcome, (long) entry.count(), Long::sum);
    Key key =
        new Key(
            outcome,
            shared(Text.printable(entry.application().label())),
            entry.cut() ? entry.event().kind().label() + " (various)" : entry.event().describe(),
            shared(Text.printable(LibraryNames.of(entry.origin()))),
            entry.origin().caller() == null ? "" : shared(entry.origin().caller().describe()),
            shared(Text.printable(entry.origin().test())),
            shared(Text.printable(entry.verdict().reason().describe("").strip())));
    Counted counted = findings.get(key);
    if (counted == null) {
      if (findings.size() >= MOST) {
        unnamed += entry.count();
        return;
      }
      counted = new Counted(lean(entry));
      findings.put(key, counted);
    }
    counted.count += entry.count();
  }

  /** With the parts of another entry that has equal ones: a run has few origins, apps, verdicts. */
  private RecordEntry lean(RecordEntry entry) {
    return new RecordEntry(
        entry.time(),
        shared(entry.run()),
        shared(entry.application()),
        entry.event(),
        shared(entry.origin()),
        shared(entry.verdict()),
        entry.count(),
        entry.cut());
  }

  @SuppressWarnings("unchecked")
  private <T> T shared(T value) {
    if (shared.size() >= MOST) {
      return value;
    }
    T known = (T) shared.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  /** How many events had this outcome. */
  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** How many events {@link #all} does not have. */
  public long unnamed() {
    return unnamed;
  }

  /** Sorts what was added: from now on several threads may read it, as long as none adds. */
  public void prepare() {
    sorted = Collections.unmodifiableList(sorted());
    services = Services.of(this);
  }

  /** What was denied first; of each outcome, the most frequent first. */
  public List<Finding> all() {
    if (sorted == null) {
      sorted = Collections.unmodifiableList(sorted());
    }
    return sorted;
  }

  /** The external services among them, sorted by name. */
  List<Services.Service> services() {
    if (services == null) {
      services = Services.of(this);
    }
    return services;
  }

  private List<Finding> sorted() {
    List<Finding> all = new ArrayList<>(findings.size());
    Map<String, String> stable = new HashMap<>();
    findings.forEach(
        (key, counted) ->
            all.add(
                new Finding(
                    key.outcome(),
                    key.app(),
                    key.event(),
                    key.library(),
                    key.caller(),
                    key.test(),
                    key.reason(),
                    counted.count,
                    counted.first,
                    Target.of(counted.first),
                    stable.computeIfAbsent(key.app(), StableNames::of))));
    all.sort(Findings::worstFirst);
    return all;
  }

  private static int worstFirst(Finding one, Finding other) {
    int outcomes = one.outcome().compareTo(other.outcome());
    return outcomes != 0 ? outcomes : Long.compare(other.count(), one.count());
  }
}
