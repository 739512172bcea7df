package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
