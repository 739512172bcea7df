package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.moandjiezana.toml.Toml;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.RuleKey;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TomlStringTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, \"plain\"",
        "it's, \"it's\"",
        "C:\\new, 'C:\\new'",
        "say \"x\", 'say \"x\"'",
        "it's \"x\", \"it's \\\"x\\\"\"",
        "it's \\new, '''it's \\new'''",
        "\u00fc\u4e2d\ud83d\ude00, \"\u00fc\u4e2d\ud83d\ude00\"",
        "a\u202eb, \"a\\u202eb\"",
        "a\u0001\"b, \"a\\u0001\\\"b\"",
      })
  void theQuotesFitTheValue(String value, String written) throws Exception {
    assertThat(TomlString.quote(value)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\\n", "'\\", "a\\'", "'''\\x", "\ud800", "\udc00\ud800"})
  void whatCannotBeWrittenIsRefused(String value) {
    assertThatThrownBy(() -> TomlString.quote(value)).isInstanceOf(MalformedValue.class);
  }

  @Property(tries = 800)
  void bothReadersReadWhatWasWritten(
      @ForAll @Size(min = 1, max = 4) List<@From("values") String> values) throws Exception {
    PolicyEntry block = PolicyEntry.rule(Action.ALLOW).with(RuleKey.NOTE, values);
    String text;
    try {
      text = String.join("\n", block.lines()) + "\nlast = 1\n";
    } catch (EditException refusal) {
      assertThat(values).anyMatch(value -> value.indexOf('\\') >= 0);
      return;
    }
    Map<String, Object> strict =
        TomlTree.tables(TomlTree.parse("t", text), DocumentKey.RULE).get(0);
    Map<String, Object> lenient = new Toml().read(text).getTables("rule").get(0).toMap();
    assertThat(strict.get("note")).isEqualTo(block.values().get("note"));
    assertThat(lenient.get("note")).isEqualTo(block.values().get("note"));
    assertThat(strict.get("last")).isEqualTo(lenient.get("last")).isEqualTo(1L);
  }

  @Test
  void severalSpellingsBecomeOne() {
    assertThat(TomlScalar.value("\"C:\\\\new\\u0020x\"")).isEqualTo("'C:\\new x'");
    assertThat(TomlScalar.value("'plain'")).isEqualTo("\"plain\"");
    assertThat(TomlScalar.value("\"\\b\\t\\n\\f\\r\\\"\""))
        .isEqualTo("\"\\u0008\\u0009\\u000a\\u000c\\u000d\\\"\"");
    assertThat(TomlScalar.value("\"\\U0001f600\"")).isEqualTo("\"\ud83d\ude00\"");
    assertThat(TomlScalar.value("\"\\\\'\\n\"")).isEqualTo("\"\\\\'\\n\"");
    assertThat(TomlScalar.value("'''a\nb'''")).isEqualTo("'''a\nb'''");
    assertThat(TomlScalar.value("0x1F")).isEqualTo("0x1F");
    assertThat(TomlScalar.key("\"host\"")).isEqualTo("host");
    assertThat(TomlScalar.key("'a b'")).isEqualTo("'a b'");
    assertThat(TomlScalar.key("\"\"")).isEqualTo("\"\"");
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> hostile =
        Arbitraries.of(
                "\"",
                "'",
                "\\",
                "#",
                "[",
                "]",
                ",",
                "=",
                "{",
                "}",
                "n",
                "u0041",
                "\n",
                "\t",
                "\r",
                "\u0000",
                "\u007f",
                "\u0085",
                "\u2028",
                "\u202e",
                "\ud83d\ude00",
                "\udb40\udc01",
                "''",
                "\"\"",
                " ",
                "a",
                "[[rule]]",
                "\u00e9")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(20).filter(this::isText));
  }

  private boolean isText(String value) {
    return value.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }
}
