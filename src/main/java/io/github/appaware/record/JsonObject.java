package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One JSON object, read whole. A field that is not there is empty, 0 or false. */
final class JsonObject {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, Object> fields;

  private JsonObject(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** What reads a line. */
  @FunctionalInterface
  interface Line {
    /** Opens it. */
    JsonParser open() throws IOException;
  }

  /** Reads the one object on a line. */
  static JsonObject parse(Line line) throws RecordFormatException {
    try (JsonParser in = line.open()) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new RecordFormatException("expected a JSON object");
      }
      JsonObject object = object(in);
      if (in.nextToken() != null) {
        throw new RecordFormatException("more than one JSON object on a line");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new RecordFormatException("invalid JSON: " + e.getOriginalMessage(), e);
    } catch (RecordFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new RecordFormatException("invalid JSON: " + e.getMessage(), e);
    }
  }

  private static JsonObject object(JsonParser in) throws IOException {
    Map<String, Object> fields = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      switch (in.nextToken()) {
        case START_OBJECT -> fields.put(name, object(in));
        case START_ARRAY -> fields.put(name, array(in));
        case VALUE_STRING -> fields.put(name, in.getText());
        case VALUE_NUMBER_INT -> fields.put(name, in.getLongValue());
        case VALUE_NUMBER_FLOAT -> fields.put(name, in.getDoubleValue());
        case VALUE_TRUE -> fields.put(name, true);
        case VALUE_FALSE -> fields.put(name, false);
        default -> {}
      }
    }
    return new JsonObject(fields);
  }

  /** The strings of an array; what else is in it is read over. */
  private static List<String> array(JsonParser in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        texts.add(in.getText());
      } else {
        in.skipChildren();
      }
    }
    return texts;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) throws RecordFormatException {
    return value(name, String.class, "", "a string");
  }

  long number(String name) throws RecordFormatException {
    return value(name, Long.class, 0L, "an integer");
  }

  int integer(String name) throws RecordFormatException {
    long number = number(name);
    if (number != (int) number) {
      throw new RecordFormatException("invalid `" + name + "`: " + number + " is out of range");
    }
    return (int) number;
  }

  boolean flag(String name) throws RecordFormatException {
    return value(name, Boolean.class, false, "true or false");
  }

  JsonObject object(String name) throws RecordFormatException {
    return value(name, JsonObject.class, EMPTY, "an object");
  }

  /** The strings of an array; none where it is absent. */
  @SuppressWarnings("unchecked") // there are no other lists
  List<String> texts(String name) throws RecordFormatException {
    return (List<String>) value(name, List.class, List.of(), "an array of strings");
  }

  private <T> T value(String name, Class<T> type, T absent, String expected)
      throws RecordFormatException {
    Object value = fields.getOrDefault(name, absent);
    if (!type.isInstance(value)) {
      throw new RecordFormatException("invalid `" + name + "`: expected " + expected);
    }
    return type.cast(value);
  }
}
