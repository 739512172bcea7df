package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorTest {
  private static final String ESC = "\u001b";

  private final Emulator terminal = new Emulator(10, 4);

  private String shown(String text) {
    String unused = terminal.acceptAll(text);
    return terminal.screen();
  }

  @Test
  void linesWrapAndScrollOff() {
    assertThat(shown("0123456789ab\r\nc\r\nd\r\ne")).isEqualTo("ab\nc\nd\ne");
    assertThat(terminal.all()).isEqualTo("0123456789\nab\nc\nd\ne");
    assertThat(terminal.strange()).isEmpty();
  }

  @Test
  void theCursorMovesAndWhatIsBelowIsErased() {
    assertThat(shown("one\r\ntwo\r\nthree\r" + ESC + "[1A" + ESC + "[J2")).isEqualTo("one\n2");
    assertThat(shown(ESC + "[2;4Hx" + ESC + "[Hy")).isEqualTo("yne\n2  x");
  }

  @Test
  void aScrollingRegionKeepsTheRest() {
    assertThat(shown("a\r\nb\r\nc\r\nd" + ESC + "[2;3r" + ESC + "[3;1H\n\nx"))
        .isEqualTo("a\n\nx\nd");
    assertThat(shown(ESC + "[r" + ESC + "[4;1H\n")).isEqualTo("\nx\nd");
  }

  @Test
  void textCanBeHiddenDrawnAndInserted() {
    assertThat(shown(ESC + "[8mabc" + ESC + "[0md")).isEqualTo("   d");
    assertThat(shown("\r" + ESC + "(0qq" + ESC + "(B.")).startsWith("\u2512\u2512.");
    assertThat(shown("\r" + ESC + "[4hxy" + ESC + "[4l")).startsWith("xy\u2512");
    assertThat(shown("\r" + ESC + "#8")).startsWith("EEEEEEEEEE");
  }

  @Test
  void theSecondScreenPutsTheFirstAside() {
    assertThat(shown("one" + ESC + "[?1049h" + ESC + "[2J" + ESC + "[Htwo")).isEqualTo("two");
    assertThat(terminal.isFull()).isTrue();
    assertThat(shown(ESC + "[?1049l")).isEqualTo("one");
  }

  @Test
  void anUnfinishedSequenceSwallowsWhatFollowsUntilItIsCancelled() {
    assertThat(shown(ESC + "]0;title one")).isEmpty();
    assertThat(shown("\u0018two" + ESC + "P three" + ESC + "\\four")).isEqualTo("twofour");
    assertThat(shown("\u009dhidden\u009c!")).isEqualTo("twofour!");
  }

  @ParameterizedTest
  @CsvSource({
    "[6n, [1;1R",
    "[?6n, [?1;1R",
    "[5n, [0n",
    "[c, [?62;22c",
    "[>c, [>41;390;0c",
    "[?2004$p, [?2004;2$y",
    "[18t, [8;40;100t",
    "]11;?~, ]11;rgb:aaaa/rrrr/aaaa~\\",
    "]4;1;?~\\, ]4;1;rgb:aaaa/rrrr/aaaa~\\",
    "P+q436f~\\, P1+r436f=61~\\",
    "P$qm~\\, P1$r0m~\\"
  })
  void itAnswers(String asked, String answered) {
    String text = asked.endsWith("?~") ? asked.replace('~', '\u0007') : asked.replace("~", ESC);
    assertThat(terminal.acceptAll(ESC + text)).isEqualTo(ESC + answered.replace("~", ESC));
  }

  @Test
  void itReportsInTheModesThatAreOnAndSavesThem() {
    EmulatorReplies replies = terminal.replies();
    assertThat(replies.click() + replies.focus()).isEmpty();
    assertThat(replies.paste("a")).isEqualTo("a");
    assertThat(terminal.acceptAll(ESC + "[?1000;1004;2004h" + ESC + "[?1000;2004s")).isEmpty();
    assertThat(replies.reporting()).containsExactlyInAnyOrder(1000, 1004, 2004);
    assertThat(replies.click()).startsWith(ESC + "[M ar");
    assertThat(replies.focus()).isEqualTo(ESC + "[O" + ESC + "[I");
    assertThat(replies.paste("a")).isEqualTo(ESC + "[200~a" + ESC + "[201~");
    assertThat(terminal.acceptAll(ESC + "[?1000;1004;2004l")).isEmpty();
    assertThat(replies.reporting()).isEmpty();
    assertThat(terminal.acceptAll(ESC + "[?1000;1004;2004r")).isEmpty();
    assertThat(replies.reporting()).containsExactlyInAnyOrder(1000, 2004);
    assertThat(terminal.acceptAll(ESC + "[?1006h")).isEmpty();
    assertThat(replies.click()).isEqualTo(ESC + "[<0;65;82M" + ESC + "[<0;65;82m");
  }

  @Test
  void anyBytesAreTakenAndAResetMakesItNew() {
    Random chance = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String unused = terminal.acceptAll(TerminalBytes.random(chance));
    }
    for (TerminalBytes.Chosen request : TerminalBytes.chosen()) {
      String unused = terminal.acceptAll(request.bytes());
    }
    String back = "\u0018" + ESC + "\\" + ESC + "<" + ESC + "\u0003" + ESC + "[4i" + ESC + "[0$}";
    assertThat(shown(back + ESC + "[?1049l" + ESC + "cnew")).isEqualTo("new");
  }
}
