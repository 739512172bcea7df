package io.github.appaware.report;

import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The top of the HTML page: what was denied, by application, library and host, with its rule. */
final class DeniedCards {
  /** What a person reads; the table has the others. */
  static final int MOST = 10;

  private static final int MOST_LINES = 8;

  private record Key(Outcome outcome, String app, String library, String host) {}

  private final Advice advice;

  DeniedCards(Advice advice) {
    this.advice = advice;
  }

  void write(Findings findings, Markup out) {
    Map<Key, List<Finding>> cards = new LinkedHashMap<>();
    for (Finding each : findings.all()) {
      if (each.outcome() != Outcome.ALLOWED) {
        String host = each.target().host();
        cards
            .computeIfAbsent(
                new Key(each.outcome(), each.stableApp(), each.library(), host),
                none -> new ArrayList<>())
            .add(each);
      }
    }
    if (cards.isEmpty()) {
      out.leaf("p", "Nothing was denied.", "class", "good");
      return;
    }
    int shown = 0;
    for (Map.Entry<Key, List<Finding>> card : cards.entrySet()) {
      if (shown == MOST) {
        break;
      }
      card(out, card.getKey(), card.getValue());
      shown++;
    }
    if (shown < cards.size()) {
      out.leaf("p", "and " + (cards.size() - shown) + " more, in the table of all events");
    }
  }

  private void card(Markup out, Key key, List<Finding> findings) {
    String label = key.outcome().label();
    out.open("article", "class", "card " + label);
    out.open("h3");
    out.leaf("span", label(key.outcome()), "class", "badge " + label).text(" ");
    out.leaf("span", key.library().isEmpty() ? "unknown code" : key.library());
    out.leaf("span", " \u2192 ", "class", "arrow");
    out.leaf("span", key.host());
    out.close("h3");
    out.open("dl");
    entry(out, "application", Set.of(key.app()));
    Set<String> events = new LinkedHashSet<>();
    Set<String> frames = new LinkedHashSet<>();
    Set<String> callers = new LinkedHashSet<>();
    Set<String> tests = new LinkedHashSet<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (Finding each : findings) {
      events.add(each.event() + (each.count() > 1 ? ", " + each.count() + " times" : ""));
      frames.add(each.frame());
      callers.add(each.caller());
      tests.add(each.test());
      reasons.add(each.reason());
    }
    entry(out, "events", events);
    frames.remove("");
    entry(out, "code", frames);
    callers.remove("");
    entry(out, "called by", callers);
    tests.remove("");
    entry(out, "in test", tests);
    entry(out, "reason", reasons);
    out.close("dl");
    List<RecordEntry> entries = findings.stream().limit(MOST_LINES).map(Finding::entry).toList();
    String rule = advice.of(entries);
    if (!rule.isEmpty()) {
      out.leaf("p", "To allow it, add to the policy:", "class", "hint");
      out.open("pre").leaf("code", rule).close("pre");
    }
    out.close("article").line();
  }

  private static void entry(Markup out, String name, Set<String> values) {
    if (values.isEmpty()) {
      return;
    }
    out.open("div").leaf("dt", name);
    int shown = 0;
    for (String value : values) {
      if (shown == MOST_LINES) {
        out.leaf("dd", "and " + (values.size() - shown) + " more");
        break;
      }
      out.leaf("dd", value);
      shown++;
    }
    out.close("div");
  }

  /** In words. */
  static String label(Outcome outcome) {
    return switch (outcome) {
      case DENIED -> "denied";
      case WOULD -> "would be denied";
      case ALLOWED -> "allowed";
    };
  }
}
