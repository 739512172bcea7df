package io.github.appaware.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document as maps, lists and texts. Jackson limits depth and sizes. */
final class JsonTree {
  private JsonTree() {}

  /**
   * The object that the text is.
   *
   * @throws IOException if it is none
   */
  static Map<?, ?> parse(String text) throws IOException {
    return parse(text, new JsonFactory());
  }

  /** As {@link #parse(String)}, with comments and commas after the last value. */
  static Map<?, ?> parseWithComments(String text) throws IOException {
    return parse(
        text,
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build());
  }

  private static Map<?, ?> parse(String text, JsonFactory factory) throws IOException {
    try (JsonParser json = factory.createParser(text)) {
      json.nextToken();
      if (value(json) instanceof Map<?, ?> map && json.nextToken() == null) {
        return map;
      }
      throw new JsonParseException(json, "not one object");
    }
  }

  private static Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        map.put(name, value(json));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    return token == null || token == JsonToken.VALUE_NULL ? "" : json.getText();
  }

  /** The text of a field; empty where there is none. */
  static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
