package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours repeat what words say, stay readable whatever the palette is, and change no text. */
class PaintTest {
  private static final String KEYS = " [d] deny once (Enter)  [a] allow once  [Up][Down] scroll";
  private static final Pattern RGB = Pattern.compile("\u001b\\[(?:1;)?38;2;(\\d+);(\\d+);(\\d+)m");
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([0-9;]*)m");

  @Test
  void nothingButColoursIsAdded() {
    for (boolean rgb : new boolean[] {true, false}) {
      String painted = Paint.keys(KEYS, rgb);
      assertThat(painted).isNotEqualTo(KEYS).endsWith("scroll");
      assertThat(SEQUENCE.matcher(painted).replaceAll("")).isEqualTo(KEYS);
    }
    assertThat(Paint.keys("no key [", true)).isEqualTo("no key [");
  }

  /** A program of the run can make each of its colours that of the background. */
  @Test
  void noColourOfThePaletteIsInAQuestion() {
    List<String> all = new ArrayList<>(List.of(Paint.keys(KEYS, true), Paint.keys(KEYS, false)));
    for (ScreenLine.Style style : ScreenLine.Style.values()) {
      all.add(style.start());
    }
    for (String text : all) {
      assertThat(SEQUENCE.matcher(text).results().map(found -> found.group(1)))
          .allMatch(codes -> codes.matches("0|[1247](;4)?|(1;)?38;2;\\d+;\\d+;\\d+"));
    }
  }

  /** WCAG 2.1, 1.4.3. */
  @Test
  void colourOfKeysHaveContrastToDarkAndLight() {
    List<MatchResult> colours = RGB.matcher(Paint.keys(KEYS, true)).results().toList();
    assertThat(colours).hasSizeGreaterThan(4);
    for (MatchResult colour : colours) {
      double light =
          0.2126 * linear(colour.group(1))
              + 0.7152 * linear(colour.group(2))
              + 0.0722 * linear(colour.group(3));
      assertThat((light + 0.05) / 0.05).as(colour.group()).isGreaterThan(4.5);
      assertThat(1.05 / (light + 0.05)).as(colour.group()).isGreaterThan(4.5);
    }
  }

  private static double linear(String channel) {
    double value = Integer.parseInt(channel) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  @ParameterizedTest
  @CsvSource({
    "appaware: allowed once: a denied b, 32, allowed",
    "'appaware: denied, all', 31, denied",
    "'          denied: connect', 31, denied",
    "appaware: would be denied: x, 31, would be denied",
    "appaware: NOT taken back, 31, NOT",
  })
  void theFirstWordOfAMessageHasItsColour(String line, String colour, String word) {
    assertThat(Paint.message(line))
        .isEqualTo(line.replaceFirst(word, "\u001b[1;" + colour + "m" + word + "\u001b[0m"));
  }

  @ParameterizedTest
  @CsvSource({"appaware: deniedx", "appaware: the denied", "appaware: 1 allowed"})
  void otherWordsHaveNone(String line) {
    assertThat(Paint.message(line)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "truecolor, true, RGB",
    "24bit, true, RGB",
    "yes, true, STYLES",
    "24bit, false, NONE"
  })
  void aTerminalTellsWhetherItHasAllColours(String told, boolean wanted, ScreenColors colors) {
    assertThat(ScreenColors.of(wanted, Map.of("COLORTERM", told))).isEqualTo(colors);
    assertThat(ScreenColors.of(true, Map.of())).isEqualTo(ScreenColors.STYLES);
  }
}
