package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyParserTest {
  private static final long LONG = KeyParser.UNFINISHED_MILLIS;
  private static final long SHORT = KeyParser.ESCAPE_MILLIS;

  private final KeyParser parser = new KeyParser();

  /** One byte for each character up to 0xff. */
  private List<Key> keys(String bytes) {
    return keys(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<Key> keys(byte[] bytes) {
    for (byte b : bytes) {
      parser.accept(b & 0xff);
    }
    return parser.takeKeys();
  }

  @Test
  void keysAreRecognised() {
    assertThat(keys("a?\r\n\t\u007f\b"))
        .containsExactly(
            Key.of('a'), Key.of('?'), Key.ENTER, Key.ENTER, Key.TAB, Key.BACKSPACE, Key.BACKSPACE);
    assertThat(keys("\u001b[A\u001bOB\u001b[C\u001b[D\u001bOA\u001bOD"))
        .containsExactly(Key.UP, Key.DOWN, Key.RIGHT, Key.LEFT, Key.UP, Key.LEFT);
    assertThat(keys("\u0003")).containsExactly(Key.ESCAPE);
    assertThat(keys("\u00c3\u00bc\u00e2\u0082\u00ac")).containsExactly(Key.OTHER, Key.OTHER);
    assertThat(keys("\u00fca")).as("Latin-1").containsExactly(Key.OTHER, Key.of('a'));
  }

  @Test
  void anEscapeAloneIsAKeyAfterAPause() {
    assertThat(keys("\u001b")).isEmpty();
    parser.pause(SHORT - 1);
    assertThat(parser.takeKeys()).isEmpty();
    parser.pause(SHORT);
    assertThat(parser.takeKeys()).containsExactly(Key.ESCAPE);
    parser.pause(LONG);
    assertThat(parser.takeKeys()).isEmpty();
    assertThat(keys("a")).containsExactly(Key.of('a'));
  }

  @Test
  void altAndAKeyIsNoKey() {
    assertThat(keys("\u001ba\u001br\u001b\r\u001bD\u001b\u00c3\u00bc")).isEmpty();
    assertThat(keys("a")).containsExactly(Key.of('a'));
  }

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.TerminalBytes#replies")
  void whatATerminalSendsByItselfIsNoKey(String bytes) {
    assertThat(keys(bytes)).isEmpty();
    assertThat(keys("r")).as("the key behind it").containsExactly(Key.of('r'));
  }

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.TerminalBytes#replies")
  void neitherIsItByteByByteWithPauses(String bytes) {
    for (byte b : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
      parser.accept(b & 0xff);
      parser.pause(SHORT - 1);
    }
    assertThat(parser.takeKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.TerminalBytes#replies")
  void aLongPauseBehindAnEscapeMakesOnlyThatAKey(String bytes) {
    for (byte b : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
      parser.accept(b & 0xff);
      parser.pause(LONG - 1);
    }
    assertThat(parser.takeKeys()).allMatch(Key.ESCAPE::equals);
  }

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.TerminalBytes#replies")
  void whatIsUnfinishedIsDroppedInTime(String bytes) {
    for (int length = 2; length < bytes.length(); length++) {
      assertThat(keys(bytes.substring(0, length))).isEmpty();
      parser.pause(LONG);
      assertThat(parser.takeKeys()).doesNotContain(Key.of('r'), Key.of('a'), Key.ENTER);
      assertThat(keys("r")).containsExactly(Key.of('r'));
    }
  }

  @Test
  void aHugeStringIsSwallowed() {
    assertThat(keys("\u001b]52;c;" + "r".repeat(5_000_000) + "\u001b\\")).isEmpty();
    assertThat(keys("\u001b[200~" + "ra\r".repeat(1_000_000) + "\u001b[201~")).isEmpty();
    assertThat(keys("a")).containsExactly(Key.of('a'));
  }

  @Test
  void anEscapeInAStringBeginsNoKey() {
    assertThat(keys("\u001b]11;\u001b[A\u001bar\u001b]r\u0007")).isEmpty();
    assertThat(keys("\u001bP\u0007r\u001b\u001b[200~a\u001b\\")).isEmpty();
    assertThat(keys("a")).containsExactly(Key.of('a'));
  }

  @Test
  void reportsOfTheCursorAreHandedOut() {
    assertThat(keys("\u001b[12;40R")).isEmpty();
    assertThat(parser.takePosition()).isEqualTo(new KeyParser.Position(12, 40));
    assertThat(parser.takePosition()).isNull();
  }

  @Test
  void anEscapeBeforeAReportIsAKeyAndTheReportIsOne() {
    assertThat(keys("\u001b\u001b[12;40R")).containsExactly(Key.ESCAPE);
    assertThat(parser.takePosition()).isEqualTo(new KeyParser.Position(12, 40));
  }

  @Test
  void halfAReportIsNoEscape() {
    assertThat(keys("\u001b")).isEmpty();
    parser.abandon();
    parser.pause(LONG);
    assertThat(parser.takeKeys()).isEmpty();
    assertThat(keys("\u001b[12;40R")).isEmpty();
    assertThat(parser.takePosition()).isNotNull();
  }

  @Test
  void theRestOfWhatWasClearedIsSwallowed() {
    assertThat(keys("\u001b]11;rgb:")).isEmpty();
    parser.clear();
    assertThat(keys("aaaa/aaaa/aaaa\u0007")).isEmpty();
    assertThat(keys("\u001b")).isEmpty();
    parser.clear();
    assertThat(keys("[A")).as("the rest of an arrow").containsExactly(Key.UP);
  }

  @Property
  void anyBytesAreTakenAndKeysWorkAfterwards(@ForAll byte[] bytes) {
    KeyParser any = new KeyParser();
    for (byte b : bytes) {
      any.accept(b & 0xff);
    }
    any.pause(LONG);
    assertThat(any.takeKeys()).hasSizeLessThanOrEqualTo(bytes.length + 1);
    any.accept('a');
    assertThat(any.takeKeys()).containsExactly(Key.of('a'));
  }
}
