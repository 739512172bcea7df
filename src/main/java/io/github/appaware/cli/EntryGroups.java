package io.github.appaware.cli;

import io.github.appaware.event.Text;
import io.github.appaware.record.FarHosts;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts entries of a record by what they have in common. */
final class EntryGroups {
  /** More groups than a person reads, and than fit into memory whatever the record says. */
  static final int MOST = 100_000;

  private static final String OTHERS = "(others)";

  /** What events are grouped by. */
  enum By {
    APP,
    HOST,
    LIBRARY,
    TEST,
    EVENT,
    VERDICT,
    RULE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code --by}. */
    static final class Converter extends WordConverter<By> {
      Converter() {
        super("group", By.values());
      }
    }
  }

  private static final class Group {
    private long allowed;
    private long denied;
    private long would;
    private Instant first;
    private Instant last;

    void add(RecordEntry entry) {
      switch (EntryFilter.Outcome.of(entry)) {
        case ALLOW -> allowed += entry.count();
        case DENY -> denied += entry.count();
        case WOULD -> would += entry.count();
      }
      first = first == null || entry.time().isBefore(first) ? entry.time() : first;
      last = last == null || entry.time().isAfter(last) ? entry.time() : last;
    }

    long all() {
      return allowed + denied + would;
    }
  }

  private final List<By> keys;
  private final Map<List<String>, Group> groups = new HashMap<>();

  EntryGroups(List<By> keys) {
    this.keys = List.copyOf(keys);
  }

  void add(RecordEntry entry) {
    List<String> values = keys.stream().map(key -> value(key, entry)).toList();
    if (groups.size() >= MOST && !groups.containsKey(values)) {
      values = keys.stream().map(key -> OTHERS).toList();
    }
    groups.computeIfAbsent(values, none -> new Group()).add(entry);
  }

  private static String value(By key, RecordEntry entry) {
    return switch (key) {
      case APP -> entry.application().label();
      case HOST -> FarHosts.orEndpoint(entry.event());
      case LIBRARY -> LibraryNames.of(entry.origin());
      case TEST -> entry.origin().test();
      case EVENT -> entry.event().kind().label();
      case VERDICT -> EntryFilter.Outcome.of(entry).name().toLowerCase(Locale.ROOT);
      case RULE -> entry.verdict().reason().rule();
    };
  }

  private List<Map.Entry<List<String>, Group>> sorted() {
    List<Map.Entry<List<String>, Group>> all = new ArrayList<>(groups.entrySet());
    all.sort(
        Comparator.comparing((Map.Entry<List<String>, Group> each) -> -each.getValue().all())
            .thenComparing(each -> String.join("\n", each.getKey())));
    return all;
  }

  /** The groups with the most events first. */
  void show(Console console) {
    List<String> heads = new ArrayList<>(keys.stream().map(key -> key.name()).toList());
    heads.addAll(List.of("ALLOWED", "DENIED", "WOULD", "FIRST", "LAST"));
    Table table = new Table(heads.toArray(String[]::new));
    for (Map.Entry<List<String>, Group> each : sorted()) {
      List<String> cells =
          new ArrayList<>(
              each.getKey().stream()
                  .map(value -> RuleWords.orNone(Text.printable(value)))
                  .toList());
      Group group = each.getValue();
      cells.add(Long.toString(group.allowed));
      cells.add(Long.toString(group.denied));
      cells.add(Long.toString(group.would));
      cells.add(group.first.toString());
      cells.add(group.last.toString());
      table.add(cells);
    }
    table.lines().forEach(console.out()::println);
  }

  /** The same, an object each. */
  void print(Console console) throws IOException {
    for (Map.Entry<List<String>, Group> each : sorted()) {
      JsonLine.print(
          console,
          g -> {
            for (int i = 0; i < keys.size(); i++) {
              JsonLine.text(g, keys.get(i).label(), each.getKey().get(i));
            }
            g.writeNumberField("allowed", each.getValue().allowed);
            g.writeNumberField("denied", each.getValue().denied);
            g.writeNumberField("would", each.getValue().would);
            g.writeStringField("first", each.getValue().first.toString());
            g.writeStringField("last", each.getValue().last.toString());
          });
    }
  }
}
