package io.github.appaware.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentFileTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        file("", List.of()),
        file(" \t\f\r\n", List.of()),
        file("-cp a Main", List.of("-cp", "a", "Main")),
        file("a\fb\tc\rd\n", List.of("a", "b", "c", "d")),
        file("\"a b\" 'c d'", List.of("a b", "c d")),
        file("\"it's\" 'say \"x\"'", List.of("it's", "say \"x\"")),
        file("pre\"a b\"post", List.of("prea bpost")),
        file("\"a\"'b'c", List.of("abc")),
        file("\"\" x", List.of("", "x")),
        file("x \"\"", List.of("x")),
        file("a # comment\nb", List.of("a", "b")),
        file("# only\r# comments", List.of()),
        file("'#' \"a#b\"", List.of("#", "a#b")),
        file("lost#comment\nnext", List.of("next")),
        file("'kept'lost#comment\nnext", List.of("keptnext")),
        file("C:\\dir\\x", List.of("C:\\dir\\x")),
        file("\"C:\\\\dir\"", List.of("C:\\dir")),
        file("\"\\n\\r\\t\\f\\q\\\"\"", List.of("\n\r\t\fq\"")),
        file("\"one \\\n   two\"", List.of("one two")),
        file("\"one \\\r\n\t two\"", List.of("one two")),
        file("\"open\nnext", List.of("open", "next")),
        file("'open at the end", List.of("open at the end")),
        file("'open at an escape\\", List.of()),
        file("a\\\nb", List.of("a\\", "b")),
        file("a\0lost'b\0lost\\nc' d", List.of("ab\nc", "d")),
        file("#" + "x".repeat(4_091) + "\nkept#lost\nd", List.of("kepd"))); // in the next block
  }

  private static Arguments file(String text, List<String> words) {
    return Arguments.of(text, words);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void splitsAsTheLauncherDoes(String text, List<String> words) {
    assertThat(words(text)).isEqualTo(words);
  }

  @Property
  void givesBackEveryWordThatWasQuoted(
      @ForAll List<@CharRange(from = 1, to = 0xd7ff) String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append('"')
          .append(
              word.replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r"))
          .append("\"\n");
    }

    assertThat(words(text.toString())).isEqualTo(words);
  }

  private static List<String> words(String text) {
    return ArgumentFile.words(text.getBytes(NativeText.CHARSET));
  }
}
