package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @Test
  void plainTextIsShownAsItIs() {
    String plain = "AZaz09 -._~!\"#$%&'()*+,/:;<=>?@[]^`{|}";

    assertThat(Text.printable(plain)).isSameAs(plain);
    assertThat(Text.printable("")).isEmpty();
  }

  @ParameterizedTest(name = "U+{0}")
  @CsvSource({
    "0000", "0007", "0009", "000a", "000d", "001b", "007f", "0085", "009b", // control characters
    "005c", // the backslash itself, or an escape could be faked
    "200b", "202e", "2066", "feff", // invisible, or turning what follows around
    "00e9", "0430", "ff41", // letters that look like others
    "d800", "dfff", // halves of a pair
  })
  void anythingElseIsEscaped(String hex) {
    char hostile = (char) Integer.parseInt(hex, 16);

    assertThat(Text.printable("a" + hostile + "b")).isEqualTo("a\\u" + hex + "b");
  }

  @Test
  void anEscapeInTheTextIsNotTakenForOneOfOurs() {
    assertThat(Text.printable("\\u0041")).isEqualTo("\\u005cu0041");
  }

  @Test
  void aTextIsCutAfter300Characters() {
    assertThat(Text.printable("x".repeat(300))).isEqualTo("x".repeat(300));
    assertThat(Text.printable("x".repeat(301))).isEqualTo("x".repeat(300) + "...");
    assertThat(Text.printable("\n".repeat(301))).isEqualTo("\\u000a".repeat(300) + "...");
  }

  @Property
  void whateverIsShownIsPlainAndShort(@ForAll String hostile) {
    assertThat(Text.printable(hostile)).matches("[ -~]{0,1803}");
  }
}
