package io.github.appaware.convert.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of maps, lists, texts, numbers and truth values, in JSON and in YAML. */
final class Tree {
  private Tree() {}

  /** A map in this order: names and values in turn. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** JSON for people: indented by two, with a line end. */
  static String json(Map<String, ?> tree) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
      g.setPrettyPrinter(printer);
      json(g, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into a text
    }
    return text + "\n";
  }

  private static void json(JsonGenerator g, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      g.writeStartObject();
      for (Map.Entry<?, ?> each : map.entrySet()) {
        g.writeFieldName((String) each.getKey());
        json(g, each.getValue());
      }
      g.writeEndObject();
    } else if (value instanceof List<?> list) {
      g.writeStartArray();
      for (Object each : list) {
        json(g, each);
      }
      g.writeEndArray();
    } else if (value instanceof Integer number) {
      g.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      g.writeBoolean(truth);
    } else {
      g.writeString((String) value);
    }
  }

  /** YAML in blocks. Every text is quoted, as what JSON quotes YAML reads alike. */
  static String yaml(Map<String, ?> tree) {
    StringBuilder text = new StringBuilder();
    yaml(text, tree, 0);
    return text.toString();
  }

  private static void yaml(StringBuilder text, Map<?, ?> map, int indent) {
    boolean first = true;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      text.append(" ".repeat(first ? 0 : indent)).append(name((String) each.getKey())).append(':');
      value(text, each.getValue(), indent);
      first = false;
    }
  }

  private static void value(StringBuilder text, Object value, int indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n').append(" ".repeat(indent + 2));
      yaml(text, map, indent + 2);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('\n');
      for (Object each : list) {
        text.append(" ".repeat(indent + 2)).append("- ");
        if (each instanceof Map<?, ?> map) {
          yaml(text, map, indent + 4);
        } else {
          text.append(scalar(each)).append('\n');
        }
      }
    } else {
      text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static String name(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9_-]*") ? name : quoted(name);
  }

  private static String scalar(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    if (value instanceof List<?>) {
      return "[]";
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    StringWriter out = new StringWriter();
    try (JsonGenerator g = new JsonFactory().createGenerator(out)) {
      g.writeString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into a text
    }
    return out.toString();
  }
}
