package io.github.appaware.report;

import io.github.appaware.event.EventKind;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which application reaches which host by which library, as columns of a few nodes, with links
 * between neighbours. What was denied comes first in each column; the nodes beyond the most are one
 * node, {@code and 3 others}.
 */
@SuppressWarnings("EnumOrdinal") // an index into counts
final class Flow {
  /** Nodes of each column: applications, libraries, hosts. */
  private static final int[] MOST = {6, 10, 16};

  private static final String UNKNOWN_CODE = "(unknown code)";

  /**
   * A node.
   *
   * @param label a name, or how many there are besides
   * @param worst what became of the events, at worst
   */
  record Node(int column, String label, Outcome worst, long count) {}

  /** Events between two nodes of neighbouring columns that had one outcome. */
  record Link(Node from, Node to, Outcome outcome, long count) {}

  private record Ends(Node from, Node to, Outcome outcome) {}

  private static final Comparator<Map.Entry<String, long[]>> WORST_FIRST =
      Comparator.comparing((Map.Entry<String, long[]> each) -> worst(each.getValue()))
          .thenComparing(
              Comparator.comparingLong((Map.Entry<String, long[]> e) -> total(e)).reversed());

  private final List<List<Node>> columns = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private Flow() {}

  /** The columns, each from top to bottom. */
  List<List<Node>> columns() {
    return columns;
  }

  List<Link> links() {
    return links;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /**
   * Of look-ups, connects and datagrams; what comes from peers has no host that is worth a node.
   */
  static Flow of(Findings findings) {
    List<Finding> outbound = findings.all().stream().filter(Flow::isOutbound).toList();
    Flow flow = new Flow();
    List<Map<String, Node>> nodes = new ArrayList<>();
    for (int column = 0; column < MOST.length; column++) {
      nodes.add(flow.column(column, outbound));
    }
    Map<Ends, long[]> counts = new LinkedHashMap<>();
    for (Finding each : outbound) {
      for (int column = 0; column + 1 < MOST.length; column++) {
        Node from = nodes.get(column).get(name(column, each));
        Node to = nodes.get(column + 1).get(name(column + 1, each));
        counts.computeIfAbsent(new Ends(from, to, each.outcome()), none -> new long[1])[0] +=
            each.count();
      }
    }
    counts.forEach(
        (ends, count) ->
            flow.links.add(new Link(ends.from(), ends.to(), ends.outcome(), count[0])));
    return flow;
  }

  private static boolean isOutbound(Finding finding) {
    EventKind kind = finding.entry().event().kind();
    return !finding.entry().cut()
        && (kind == EventKind.RESOLVE || kind == EventKind.CONNECT || kind == EventKind.SEND);
  }

  private static String name(int column, Finding finding) {
    return switch (column) {
      case 0 -> finding.stableApp();
      case 1 -> finding.library().isEmpty() ? UNKNOWN_CODE : finding.library();
      default -> finding.target().host();
    };
  }

  /** The node of each name. */
  private Map<String, Node> column(int column, List<Finding> findings) {
    Map<String, long[]> counts = new HashMap<>();
    for (Finding each : findings) {
      counts
              .computeIfAbsent(name(column, each), none -> new long[Outcome.values().length])[
              each.outcome().ordinal()] +=
          each.count();
    }
    int own = counts.size() <= MOST[column] ? counts.size() : MOST[column] - 1;
    Map<String, Node> nodes = new HashMap<>();
    List<Node> shown = new ArrayList<>();
    for (Map.Entry<String, long[]> each : first(own, counts)) {
      Node node = new Node(column, each.getKey(), worst(each.getValue()), total(each));
      nodes.put(each.getKey(), node);
      shown.add(node);
    }
    counts.keySet().removeAll(nodes.keySet());
    if (!counts.isEmpty()) {
      Node others = others(column, counts);
      counts.keySet().forEach(name -> nodes.put(name, others));
      shown.add(others);
    }
    columns.add(shown);
    return nodes;
  }

  /** The first few in order, of possibly very many: those are not sorted. */
  private static List<Map.Entry<String, long[]>> first(int most, Map<String, long[]> counts) {
    Comparator<Map.Entry<String, long[]>> order =
        WORST_FIRST.thenComparing(Map.Entry.comparingByKey());
    PriorityQueue<Map.Entry<String, long[]>> lastOfFirst =
        new PriorityQueue<>(most + 1, order.reversed());
    for (Map.Entry<String, long[]> each : counts.entrySet()) {
      if (lastOfFirst.size() < most || order.compare(each, lastOfFirst.peek()) < 0) {
        lastOfFirst.add(each);
        if (lastOfFirst.size() > most) {
          lastOfFirst.remove();
        }
      }
    }
    List<Map.Entry<String, long[]>> sorted = new ArrayList<>(lastOfFirst);
    sorted.sort(order);
    return sorted;
  }

  private static Node others(int column, Map<String, long[]> counts) {
    long total = 0;
    Outcome worst = Outcome.ALLOWED;
    for (Map.Entry<String, long[]> each : counts.entrySet()) {
      total += total(each);
      Outcome outcome = worst(each.getValue());
      worst = outcome.compareTo(worst) < 0 ? outcome : worst;
    }
    return new Node(column, "and " + counts.size() + " others", worst, total);
  }

  private static Outcome worst(long[] counts) {
    for (Outcome outcome : Outcome.values()) {
      if (counts[outcome.ordinal()] > 0) {
        return outcome;
      }
    }
    throw new AssertionError("a name without events");
  }

  private static long total(Map.Entry<String, long[]> each) {
    long sum = 0;
    for (long count : each.getValue()) {
      sum += count;
    }
    return sum;
  }
}
