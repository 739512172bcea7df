package io.github.appaware.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the record as another program would. */
public final class Json {
  private Json() {}

  /** How many events of this kind got this verdict. */
  public static long sum(List<String> record, String event, String verdict) {
    return record.stream()
        .filter(line -> text(line, "event").equals(event) && text(line, "verdict").equals(verdict))
        .mapToLong(line -> Long.parseLong(text(line, "count")))
        .sum();
  }

  /** A field on the outermost level; empty when it is not there. */
  public static String text(String line, String field) {
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
          parser.nextToken();
          return parser.getText();
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean isObject(String line) {
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      return object && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
