package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages break at words, and what is to be copied does not. */
class MessageWrapTest {
  private static final String LINE =
      "appaware: no one to ask: events that the policy does not decide are denied, all of them";

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 50, 80, 86, 87, 200})
  void eachLineFitsAndNoWordIsBrokenOrLost(int columns) {
    List<String> lines = MessageWrap.wrap(LINE, columns);
    assertThat(lines).allMatch(line -> line.length() <= columns);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith(" ".repeat(10)));
    String joined = String.join(" ", lines.stream().map(String::strip).toList());
    assertThat(joined).isEqualTo(LINE);
  }

  @Test
  void aCommandStaysInOnePiece() {
    String command = "`appaware policy add -p p.toml --app mine --host 'a b.example' allow`";
    assertThat(MessageWrap.wrap("appaware: to allow it now: " + command + " does", 40))
        .containsExactly("appaware: to allow it now:", "          " + command, "          does");
  }

  @Test
  void withoutATerminalNothingIsBroken() {
    assertThat(MessageWrap.wrap(LINE, 0)).containsExactly(LINE);
  }

  @Test
  void keysStayWithWhatTheyDo() {
    assertThat(LineFitter.wrapKeys(" ", "[Tab] allow or deny  [Up][Down] what  [Esc] back", 36))
        .containsExactly(" [Tab] allow or deny", " [Up][Down] what  [Esc] back");
  }
}
