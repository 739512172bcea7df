package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyParserTest {
  private final KeyParser parser = new KeyParser();

  private List<Key> keys(String bytes) {
    bytes.chars().forEach(parser::accept);
    return parser.takeKeys();
  }

  @Test
  void keysAreTold() {
    assertThat(keys("a?\r\t\u007f"))
        .containsExactly(Key.of('a'), Key.of('?'), Key.ENTER, Key.TAB, Key.BACKSPACE);
    assertThat(keys("\u001b[A\u001bOB\u001b[C\u001b[D"))
        .containsExactly(Key.UP, Key.DOWN, Key.RIGHT, Key.LEFT);
    assertThat(keys("\u0003")).containsExactly(Key.ESCAPE);
    assertThat(keys("\u001b[15~\u001b[1;5A")).containsExactly(Key.OTHER, Key.OTHER);
  }

  @Test
  void anEscapeAloneIsAKeyAfterAPause() {
    assertThat(keys("\u001b")).isEmpty();
    parser.pause();
    assertThat(parser.takeKeys()).containsExactly(Key.ESCAPE);
    assertThat(keys("\u001ba")).as("Alt and a is not a").containsExactly(Key.OTHER);
  }

  @Test
  void reportsAreNoKeys() {
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
    parser.pause();
    assertThat(parser.takeKeys()).isEmpty();
    assertThat(keys("\u001b[12;40R")).isEmpty();
    assertThat(parser.takePosition()).isNotNull();
  }

  @Property
  void anyBytesAreTaken(@ForAll byte[] bytes) {
    KeyParser any = new KeyParser();
    for (byte b : bytes) {
      any.accept(b & 0xff);
    }
    any.pause();
    assertThat(any.takeKeys()).hasSizeLessThanOrEqualTo(bytes.length + 1);
  }
}
