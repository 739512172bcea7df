package io.github.appaware.policy;

import io.github.wasabithumb.jtoml.JToml;
import io.github.wasabithumb.jtoml.except.TomlException;
import io.github.wasabithumb.jtoml.key.TomlKey;
import io.github.wasabithumb.jtoml.option.JTomlOption;
import io.github.wasabithumb.jtoml.option.JTomlOptions;
import io.github.wasabithumb.jtoml.option.prop.OrderMarkPolicy;
import io.github.wasabithumb.jtoml.option.prop.SpecVersion;
import io.github.wasabithumb.jtoml.value.TomlValue;
import io.github.wasabithumb.jtoml.value.primitive.TomlPrimitive;
import io.github.wasabithumb.jtoml.value.table.TomlTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * TOML 1.0 as another library reads it, which shares no code with ours: of toml-test 2.2.0 it
 * refuses all of the invalid files for 1.0, and reads all of the valid ones right.
 */
public final class SecondReader {
  private static final JToml TOML =
      JToml.jToml(
          JTomlOptions.builder()
              .set(JTomlOption.COMPLIANCE, SpecVersion.V1_0_0)
              .set(JTomlOption.READ_BOM, OrderMarkPolicy.IF_PRESENT)
              .build());

  /** What version 1.5.1 reads wrong, and nothing wider. */
  private static final List<Pattern> MISREAD =
      List.of(
          // A time with an offset of minus less than an hour: it loses the sign.
          Pattern.compile("[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?-00:(?!00)[0-5][0-9]"),
          // A continued line that begins with a quotation mark: it skips the spaces after that.
          Pattern.compile("\\\\[ \t]*\r?\n[ \t\r\n]*\"(?!\"\")"));

  private SecondReader() {}

  /**
   * The document: tables are maps, arrays lists; other values strings, longs, doubles, booleans or
   * of {@code java.time}, where a time with offset is an instant.
   *
   * @throws TomlException when it is not TOML 1.0
   */
  public static Map<String, Object> read(byte[] bytes) {
    return table(TOML.read(new ByteArrayInputStream(withLastLineEnd(bytes))));
  }

  /**
   * Version 1.5.1 does not understand an empty string at the very end of a file, which a line break
   * there does not change.
   */
  private static byte[] withLastLineEnd(byte[] bytes) {
    int last = bytes.length - 1;
    if (last < 1 || bytes[last] != bytes[last - 1] || "'\"".indexOf(bytes[last]) < 0) {
      return bytes;
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
    ended[bytes.length] = '\n';
    return ended;
  }

  /** Whether {@link #read} may give other values than it should. */
  public static boolean misreads(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return MISREAD.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  private static Map<String, Object> table(TomlTable table) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (TomlKey key : table.keys(false)) {
      values.put(key.get(0), value(table.get(key)));
    }
    return values;
  }

  private static Object value(TomlValue value) {
    if (value.isTable()) {
      return table(value.asTable());
    }
    if (value.isArray()) {
      List<Object> elements = new ArrayList<>();
      value.asArray().forEach(element -> elements.add(value(element)));
      return elements;
    }
    TomlPrimitive primitive = value.asPrimitive();
    return switch (primitive.type()) {
      case STRING -> primitive.asString();
      case BOOLEAN -> primitive.asBoolean();
      case INTEGER -> primitive.asLong();
      case FLOAT -> primitive.asDouble();
      case OFFSET_DATE_TIME -> primitive.asOffsetDateTime().toInstant();
      case LOCAL_DATE_TIME -> primitive.asLocalDateTime();
      case LOCAL_DATE -> primitive.asLocalDate();
      case LOCAL_TIME -> primitive.asLocalTime();
    };
  }
}
