package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A line of the record, for people who read many. */
public final class RecordLine {
  /** The values by their path: {@code app.file}. */
  private final Map<String, String> values;

  private RecordLine(Map<String, String> values) {
    this.values = values;
  }

  /** What can't be read has no values. */
  public static RecordLine parse(String line) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          String path = parser.getParsingContext().pathAsPointer().toString();
          values.put(path.substring(1).replace('/', '.'), parser.getText());
        }
      }
    } catch (IOException e) {
      return new RecordLine(Map.of());
    }
    return new RecordLine(values);
  }

  public boolean isAllowed() {
    return get("verdict").equals("allow");
  }

  private String get(String key) {
    return values.getOrDefault(key, "");
  }

  /** {@code 12:00:01 app.jar connect tcp example.com:443 denied by rule "x" (p.toml:3)}. */
  public String compact() {
    String time = get("time").replaceAll(".*T([0-9:]{8}).*", "$1");
    StringBuilder text = new StringBuilder(time);
    add(text, get("app.id").isEmpty() ? get("app.file") : get("app.id"));
    add(text, get("event"));
    add(text, get("protocol"));
    add(text, endpoint());
    add(text, reason().describe(isAllowed() ? "allowed" : "denied"));
    String count = get("count");
    return count.isEmpty() || count.equals("1") ? text.toString() : text + " x" + count;
  }

  private static void add(StringBuilder text, String word) {
    if (!word.isEmpty()) {
      text.append(' ').append(word);
    }
  }

  private String endpoint() {
    String far = get("host");
    if (far.isEmpty()) {
      far = get("address").contains(":") ? "[" + get("address") + "]" : get("address");
    }
    if (far.isEmpty()) {
      far = get("path").isEmpty() ? get("what") : get("path");
    }
    String shown = Text.printable(far);
    return get("port").isEmpty() ? shown : shown + ":" + get("port");
  }

  private Reason reason() {
    try {
      Reason.Kind kind = Reason.Kind.valueOf(get("reason.kind").toUpperCase(Locale.ROOT));
      return new Reason(kind, get("reason.rule"), get("reason.at"));
    } catch (IllegalArgumentException e) {
      return Reason.of(Reason.Kind.INTERNAL);
    }
  }
}
