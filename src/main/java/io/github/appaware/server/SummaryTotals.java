package io.github.appaware.server;

import io.github.appaware.event.Text;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.Message.Total;
import io.github.appaware.wire.Message.TotalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events of a run by host or by library. Names come from the application: a limited
 * number is kept. Safe for all threads; takes no lock.
 */
final class SummaryTotals {
  /** Names that are counted apart. */
  private static final int KEPT = 2_000;

  /** Names that the summary shows. */
  private static final int SHOWN = 10;

  /** In characters: all that are shown take 3 kB. */
  private static final int LONGEST = 100;

  /** The counts of one name. */
  private static final class Counts {
    private final LongAdder allowed = new LongAdder();
    private final LongAdder denied = new LongAdder();
    private final LongAdder would = new LongAdder();

    void add(Verdict verdict, int count) {
      (verdict.allowed() ? allowed : denied).add(count);
      if (verdict.allowed() && verdict.reason().isWould()) {
        would.add(count);
      }
    }
  }

  private final TotalKind kind;
  private final Map<String, Counts> counts = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Counts others = new Counts();

  SummaryTotals(TotalKind kind) {
    this.kind = kind;
  }

  /**
   * Counts an event.
   *
   * @param name as the application has it; events without one are among the others
   */
  void add(String name, Verdict verdict, int count) {
    if (name.isEmpty()) {
      others.add(verdict, count);
      return;
    }
    String shown = cut(Text.printable(name));
    Counts known = counts.get(shown);
    if (known == null && size.getAndIncrement() < KEPT) {
      known = counts.computeIfAbsent(shown, unused -> new Counts());
    }
    (known == null ? others : known).add(verdict, count);
  }

  /** The end says most. */
  private static String cut(String text) {
    return text.length() <= LONGEST ? text : "..." + text.substring(text.length() - LONGEST + 3);
  }

  /** The names with the most events; at the end, without a name, all others. */
  List<Total> totals() {
    List<Total> all = new ArrayList<>();
    counts.forEach((name, of) -> all.add(total(name, of)));
    all.sort(
        Comparator.comparingLong((Total each) -> each.allowed() + each.denied())
            .reversed()
            .thenComparing(Total::name));
    List<Total> shown = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
    Total rest = total("", others);
    for (Total each : all.subList(shown.size(), all.size())) {
      rest =
          new Total(
              kind,
              "",
              rest.allowed() + each.allowed(),
              rest.denied() + each.denied(),
              rest.would() + each.would());
    }
    if (rest.allowed() + rest.denied() > 0) {
      shown.add(rest);
    }
    return shown;
  }

  private Total total(String name, Counts of) {
    return new Total(kind, name, of.allowed.sum(), of.denied.sum(), of.would.sum());
  }
}
