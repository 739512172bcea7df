package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.FarHosts;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.wire.Message.Tally;
import io.github.appaware.wire.Message.TallyKind;
import io.github.appaware.wire.Message.Total;
import io.github.appaware.wire.Message.TotalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of a run's summary. Safe for all threads. Allowed events take no lock: at a monitor
 * that hundreds of threads enter, some would wait long.
 */
final class SummaryCounts {
  /** Distinct events of each kind that are named; more are only counted. */
  private static final int NAMED = 20;

  private static final int MOST_HANDOVERS = 5;

  /** Distinct events of one kind. */
  private static final class Named {
    private final Map<ShownEvent, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder unnamed = new LongAdder();

    void add(ShownEvent shown, int count) {
      LongAdder known = counts.get(shown);
      if (known == null && size.getAndIncrement() < NAMED) {
        known = counts.computeIfAbsent(shown, unused -> new LongAdder());
      }
      (known == null ? unnamed : known).add(count);
    }
  }

  private final LongAdder allowed = new LongAdder();
  private final LongAdder blind = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final LongAdder would = new LongAdder();
  private final Named denials = new Named();
  private final Named woulds = new Named();
  private final Named allowances = new Named();
  private final SummaryTotals hosts = new SummaryTotals(TotalKind.HOST);
  private final SummaryTotals libraries = new SummaryTotals(TotalKind.LIBRARY);
  private final LongAdder handedOver = new LongAdder();
  private final Set<String> handovers = new LinkedHashSet<>();

  /**
   * Counts an event.
   *
   * @param naming whether allowed events are named, too, and hosts and libraries have totals
   */
  void add(Event event, Origin origin, Verdict verdict, int count, boolean naming) {
    if (naming) {
      FarHosts.of(event).ifPresent(host -> hosts.add(host, verdict, count));
      libraries.add(LibraryNames.of(origin), verdict, count);
    }
    if (!verdict.allowed()) {
      denied.add(count);
      denials.add(ShownEvent.of(TallyKind.DENIED, event, origin, verdict.reason()), count);
      return;
    }
    allowed.add(count);
    if (event.kind() == EventKind.BLIND && verdict.reason().kind() != Reason.Kind.GUARDED) {
      blind.add(count);
    }
    switch (verdict.reason().kind()) {
      case WOULD_DENY -> would(TallyKind.WOULD_BE_DENIED, event, origin, verdict.reason(), count);
      case WOULD_ASK -> would(TallyKind.WOULD_BE_ASKED, event, origin, verdict.reason(), count);
      default -> {
        if (naming) {
          allowances.add(ShownEvent.of(TallyKind.ALLOWED, event, origin, verdict.reason()), count);
        }
      }
    }
  }

  private void would(TallyKind kind, Event event, Origin origin, Reason reason, int count) {
    would.add(count);
    woulds.add(ShownEvent.of(kind, event, origin, reason), count);
  }

  /** An event with a peer outside of the run was allowed without being allowed as such. */
  void handOver(Event event, int count) {
    handedOver.add(count);
    synchronized (this) {
      if (handovers.size() < MOST_HANDOVERS) {
        handovers.add(event.describe() + ": " + event.peer().describe());
      }
    }
  }

  long handedOver() {
    return handedOver.sum();
  }

  /** The first different ones: the event and its peer. */
  synchronized List<String> handovers() {
    return new ArrayList<>(handovers);
  }

  long allowed() {
    return allowed.sum();
  }

  /** Those of the allowed events that are blind. */
  long blind() {
    return blind.sum();
  }

  long denied() {
    return denied.sum();
  }

  /** Those of the allowed events that only audit mode allowed. */
  long would() {
    return would.sum();
  }

  /**
   * The named events: what was denied, what would be, what was allowed; the most frequent first.
   */
  List<Tally> tallies() {
    List<Tally> all = new ArrayList<>();
    for (Named each : List.of(denials, woulds, allowances)) {
      List<Tally> some = new ArrayList<>();
      each.counts.forEach((shown, count) -> some.add(shown.tally(count.sum())));
      some.sort(
          Comparator.comparingLong(Tally::count)
              .reversed()
              .thenComparing(Tally::event)
              .thenComparing(Tally::origin)
              .thenComparing(Tally::reason));
      all.addAll(some);
    }
    return all;
  }

  /** Of hosts, then of libraries; the most frequent first. */
  List<Total> totals() {
    List<Total> all = new ArrayList<>(hosts.totals());
    all.addAll(libraries.totals());
    return all;
  }

  /** How many events are counted but not named. */
  long unnamed() {
    return denials.unnamed.sum() + woulds.unnamed.sum() + allowances.unnamed.sum();
  }
}
