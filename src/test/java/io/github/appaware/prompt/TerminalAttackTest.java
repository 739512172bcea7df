package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Emulator;
import io.github.appaware.testkit.TerminalBytes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a program has written: the question is on the screen as it should be, and what the
 * terminal answers answers no question. Without a process; {@code TerminalAttackIT} has some.
 */
class TerminalAttackTest {
  private static final int SEQUENCES = 10_000;

  private final Emulator terminal = new Emulator(100, 40);
  private final KeyParser parser = new KeyParser();
  private final Dialog dialog =
      new Dialog(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "localhost", () -> 0, message -> {});
  private final List<ScreenLine> question;

  TerminalAttackTest() {
    dialog.receive(Samples.question(7, "repo1.maven.org"));
    question = dialog.lines(100, 40);
  }

  /** The program writes; the terminal's answers, one by one. A bare answerback is text. */
  private void write(String text) {
    for (int i = 0; i < text.length(); i++) {
      String reply = terminal.accept(text.charAt(i));
      if (reply.startsWith("\u001b")) {
        reply.chars().forEach(parser::accept);
        parser.pause(KeyParser.ESCAPE_MILLIS - 1);
      }
    }
  }

  /** What {@link TerminalScreen} writes. */
  private void ask() {
    write(TerminalModes.BEGIN + "\r\n" + TerminalScreen.text(question, question.size(), true));
  }

  private void check(String written) {
    ask();
    String shown = String.join("\n", question.stream().map(ScreenLine::text).toList());
    assertThat(terminal.screen()).as(printable(written)).contains(shown + "\n >");
    assertThat(terminal.replies().reporting()).as(printable(written)).isEmpty();
    assertThat(terminal.replies().click() + terminal.replies().focus()).isEmpty();
    assertThat(parser.takeKeys()).as(printable(written)).isEmpty();
    parser.accept('d');
    assertThat(parser.takeKeys()).as(printable(written)).containsExactly(Key.of('d'));
    write(TerminalModes.END);
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : "<" + c + ">"));
    return shown.toString();
  }

  static List<String> requests() {
    return TerminalBytes.requests();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void eachChosenSequence(String written) {
    write("before\r\n" + written);
    check(written);
  }

  @Test
  void allChosenSequencesOneAfterTheOther() {
    StringBuilder all = new StringBuilder();
    for (String written : TerminalBytes.requests()) {
      all.append(written);
      write(written);
      check(all.toString());
    }
  }

  @Test
  void tenThousandRandomSequences() {
    Random chance = new Random(20_261_127);
    String before = "";
    for (int i = 0; i < SEQUENCES; i++) {
      String written = TerminalBytes.random(chance);
      write(written);
      check(before + written);
      before = written;
    }
  }
}
