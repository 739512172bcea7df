package io.github.appaware.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an option whose value is one of a few words: the constants of an enum in lower case, with
 * hyphens.
 */
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
  /** How all its messages begin. */
  static final String UNKNOWN = "unknown ";

  private final String what;
  private final E[] all;

  /**
   * A converter.
   *
   * @param what the words are, for messages
   */
  WordConverter(String what, E[] all) {
    this.what = what;
    this.all = all.clone();
  }

  @Override
  public E convert(String text) {
    for (E each : all) {
      if (label(each).equalsIgnoreCase(text)) {
        return each;
      }
    }
    throw new TypeConversionException(unknown(what, text, words()));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private List<String> words() {
    return Arrays.stream(all).map(WordConverter::label).toList();
  }

  /** {@code unknown mode `x`: expected ask, enforce or observe}. */
  static String unknown(String what, String text, List<String> expected) {
    int last = expected.size() - 1;
    return UNKNOWN
        + what
        + " `"
        + text
        + "`: expected "
        + String.join(", ", expected.subList(0, last))
        + " or "
        + expected.get(last);
  }
}
