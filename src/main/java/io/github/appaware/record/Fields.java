package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** What the parts of a line have in common. */
final class Fields {
  private Fields() {}

  /** Writes a string, or omits the field where there is none. */
  static void text(JsonGenerator g, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      g.writeStringField(name, value);
    }
  }

  /** Writes strings, or omits the field where there are none. */
  static void texts(JsonGenerator g, String name, List<String> values) throws IOException {
    if (!values.isEmpty()) {
      g.writeArrayFieldStart(name);
      for (String value : values) {
        g.writeString(value);
      }
      g.writeEndArray();
    }
  }

  /** The constant that is written as {@code label}. */
  static <T> T labelled(T[] all, Function<T, String> labelOf, String label, String what)
      throws RecordFormatException {
    for (T each : all) {
      if (labelOf.apply(each).equals(label)) {
        return each;
      }
    }
    throw new RecordFormatException("unknown " + what + " `" + label + "`");
  }
}
