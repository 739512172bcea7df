package io.github.appaware.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "/run/x, /run/x, true",
    "/run/x, /run/xy, false",
    "/run/?, /run/x, true",
    "/run?x, /run/x, false",
    "/run/*, /run/x, true",
    "/run/*, /run/, true",
    "/run/*, /run/a/x, false",
    "/*/x, /run/x, true",
    "/run/**, /run/a/b, true",
    "/run/**, /run, false",
    "/run/**/x, /run/x, true",
    "/run/**/x, /run/a/b/x, true",
    "/run/**/x, /run/ax, false",
    "/**/x, /x, true",
    "/a**z, /a/b/z, true",
    "/run/[ab], /run/a, false",
    "/run/a.b, /run/acb, false",
  })
  void pathsMatch(String glob, String path, boolean expected) throws MalformedValue {
    assertThat(Glob.path(glob).matches(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "run/x", "*", "**/x", "/", "/run/", "/run//x", "/run/../x", "/./x", "@x"})
  void aPathThatMatchesNothingIsRefused(String text) {
    assertThatThrownBy(() -> Glob.path(text)).isInstanceOf(MalformedValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lib/x.jar", "/x"})
  void aFileNameThatMatchesNothingIsRefused(String text) {
    assertThatThrownBy(() -> Glob.fileName(text)).isInstanceOf(MalformedValue.class);
  }

  @Property(tries = 20_000)
  void globsMatchAsTheRegularExpressionOfTheSameMeaning(
      @ForAll @Chars({'a', 'b', '/', '*', '*', '*', '?'}) @StringLength(max = 10) String tail,
      @ForAll @CharRange(from = 'a', to = 'b') @Chars('/') @StringLength(max = 10) String text) {
    String glob = "/" + tail;
    Glob compiled;
    try {
      compiled = Glob.path(glob);
    } catch (MalformedValue refused) {
      return;
    }
    assertThat(compiled.matches("/" + text))
        .as("%s on /%s", glob, text)
        .isEqualTo(Pattern.matches(regex(glob), "/" + text));
  }

  private static String regex(String glob) {
    return glob.replaceAll("\\*{2,}", "<")
        .replaceAll("(?<=/)<(?=/)", ">")
        .replace(">/", "(.*/)?")
        .replace("<", ".{0,99}")
        .replaceAll("(?<![.])\\*", "[^/]{0,99}")
        .replaceAll("(?<![)])\\?", "[^/]");
  }

  @Test
  void aManyStarredPatternTakesNoTime() throws MalformedValue {
    Glob glob = Glob.path("/" + "*a".repeat(50) + "b");
    Glob deep = Glob.path("/" + "**a*a".repeat(20) + "b");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          assertThat(glob.matches("/" + "a".repeat(1000))).isFalse();
          assertThat(deep.matches("/" + "a".repeat(1000))).isFalse();
        });
  }
}
