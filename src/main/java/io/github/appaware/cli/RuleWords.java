package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.policy.edit.WrittenRule;
import io.github.appaware.policy.model.RuleKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes rules in text and JSON. */
final class RuleWords {
  /** Keys that have a column of their own or are not shown. */
  private static final Set<RuleKey> ELSEWHERE =
      EnumSet.of(
          RuleKey.ID, RuleKey.ACTION, RuleKey.APP, RuleKey.PRIORITY, RuleKey.EXPIRES, RuleKey.NOTE);

  private RuleWords() {}

  /** {@code connect host=a.example,b.example port=443}; {@code everything} for no key at all. */
  static String what(WrittenRule rule) {
    List<String> words = new ArrayList<>();
    rule.keys()
        .forEach(
            (key, values) -> {
              if (key == RuleKey.EVENT) {
                words.add(0, String.join(",", values));
              } else if (!ELSEWHERE.contains(key)) {
                words.add(key.label() + "=" + String.join(",", values));
              }
            });
    int priority = rule.rule().priority();
    if (priority != 0) {
      words.add(RuleKey.PRIORITY.label() + "=" + priority);
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
    for (Map.Entry<RuleKey, List<String>> entry : rule.keys().entrySet()) {
      RuleKey key = entry.getKey();
      List<String> values = entry.getValue();
      switch (key.type()) {
        case INTEGER -> g.writeNumberField(key.label(), Long.parseLong(values.get(0)));
        case TEXT, TIME -> g.writeStringField(key.label(), values.get(0));
        case TEXTS, WORDS, PORTS -> JsonLine.array(g, key.label(), values);
      }
    }
  }
}
