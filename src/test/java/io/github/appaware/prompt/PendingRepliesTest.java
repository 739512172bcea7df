package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Emulator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingRepliesTest {
  private final Emulator terminal = new Emulator(80, 24);
  private final KeyParser parser = new KeyParser();
  private final PendingReplies pending = new PendingReplies();

  /** What asks again for what the terminal replies to this. */
  private String asked(String query) {
    return queriesFor(terminal.acceptAll(query));
  }

  private String queriesFor(String reply) {
    for (byte each : reply.getBytes(StandardCharsets.ISO_8859_1)) {
      parser.accept(each & 0xff);
    }
    assertThat(parser.takeKeys()).as(reply).isEmpty();
    pending.add(parser.takeReplies());
    return pending.takeQueries();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[c",
        "[>c",
        "[=c",
        "[>q",
        "[5n",
        "[6n",
        "[7;9H\u001b[6n",
        "[?6n",
        "[?1000$p",
        "[4$p",
        "[?u",
        "[?4m",
        "[>4;2m\u001b[?4m",
        "[14t",
        "[16t",
        "[18t",
        "[19t",
        "P$qm\u001b\\",
        "P+q544e\u001b\\",
        "]4;1;?\u0007",
        "]11;?\u0007",
        "]10;?\u001b\\",
        "]11;#aaaaaa\u0007\u001b]11;?\u0007\u001b[c\u001b[>c\u001b[>q\u001b[?1000$p"
      })
  void theSameReplyIsAskedForOnceMore(String query) {
    String reply = terminal.acceptAll("\u001b" + query);
    assertThat(reply).startsWith("\u001b");

    assertThat(terminal.acceptAll(queriesFor(reply))).isEqualTo(reply);
    assertThat(pending.takeQueries()).as("once").isEmpty();
  }

  /** The program, or who filled the clipboard, has chosen the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "]2;r a\r\u0007\u001b[21t",
        "]1;r\u001b\\\u001b[20t",
        "]52;c;?\u0007",
        "]50;?\u0007"
      })
  void textThatSomeoneHasChosenIsNotAskedForAgain(String query) {
    assertThat(asked("\u001b" + query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[M !r", "[<0;97;114M", "[I", "[200~ra\u001b[201~", "[48;40;100;0;0t", "[97;5u"})
  void whatNoOneAskedForIsNotAskedForAgain(String report) {
    assertThat(queriesFor("\u001b" + report)).isEmpty();
  }

  @Test
  void thereIsALimit() {
    String asked = asked("\u001b[c".repeat(1_000));

    assertThat(asked).matches("(\u001b\\[c){64}");
  }
}
