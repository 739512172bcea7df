package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.policy.edit.WrittenRule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts rules into words and fields. */
final class RuleWords {
  /** What columns of their own show, or nothing does. */
  private static final Set<String> ELSEWHERE =
      Set.of("id", "action", "app", "priority", "expires", "note");

  /** The keys that have one value at most. */
  private static final Set<String> SINGLE = Set.of("id", "action", "priority", "expires", "note");

  private RuleWords() {}

  /** {@code connect host=a.example,b.example port=443}; {@code everything} for no key at all. */
  static String what(WrittenRule rule) {
    List<String> words = new ArrayList<>();
    rule.keys()
        .forEach(
            (key, values) -> {
              if (key.equals("event")) {
                words.add(0, String.join(",", values));
              } else if (!ELSEWHERE.contains(key)) {
                words.add(key + "=" + String.join(",", values));
              }
            });
    int priority = rule.rule().priority();
    if (priority != 0) {
      words.add("priority=" + priority);
    }
    return words.isEmpty() ? "everything" : String.join(" ", words);
  }

  static String orNone(String text) {
    return text.isEmpty() ? "-" : text;
  }

  static String expiry(Instant end, Instant now) {
    if (end == null) {
      return "-";
    }
    String time = TimeArguments.between(now, end);
    return end.isAfter(now) ? "in " + time : time + " ago";
  }

  /** All keys: single values as text, the others as arrays of texts. */
  static void write(JsonGenerator g, WrittenRule rule) throws IOException {
    for (Map.Entry<String, List<String>> key : rule.keys().entrySet()) {
      if (key.getKey().equals("priority")) {
        g.writeNumberField("priority", rule.rule().priority());
      } else if (SINGLE.contains(key.getKey())) {
        g.writeStringField(key.getKey(), key.getValue().get(0));
      } else {
        JsonLine.array(g, key.getKey(), key.getValue());
      }
    }
  }
}
