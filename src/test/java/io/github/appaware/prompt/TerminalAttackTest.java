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
  private ProgramSettings settings;

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
    settings = new ProgramSettings();
    write(TerminalModes.BEGIN + ProgramSettings.QUERY);
    settings.program(parser.takeReports());
    write(ProgramSettings.RESET + ProgramSettings.QUERY);
    settings.own(parser.takeReports());
    write("\r\n" + TerminalScreen.text(question, question.size(), ScreenColors.RGB));
  }

  private void check(String written) {
    String before = terminal.settings();
    ask();
    String shown = String.join("\n", question.stream().map(ScreenLine::text).toList());
    assertThat(terminal.screen()).as(printable(written)).contains(shown + "\n >");
    assertThat(terminal.replies().reporting()).as(printable(written)).isEmpty();
    assertThat(terminal.replies().click() + terminal.replies().focus()).isEmpty();
    assertThat(parser.takeKeys()).as(printable(written)).isEmpty();
    terminal.press('d').chars().forEach(parser::accept);
    assertThat(parser.takeKeys()).as(printable(written)).containsExactly(Key.of('d'));
    write(settings.restore() + TerminalModes.END);
    assertThat(terminal.settings()).as(printable(written)).isEqualTo(before);
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : "<" + c + ">"));
    return shown.toString();
  }

  static List<TerminalBytes.Chosen> chosen() {
    return TerminalBytes.chosen();
  }

  @Test
  void twoHundredAtLeastAreChosen() {
    assertThat(chosen()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("chosen")
  void eachChosenSequence(TerminalBytes.Chosen written) {
    write("before\r\n" + written.bytes());
    check(written.bytes());
  }

  /** The program is stopped then: what is left is what the terminal answers. */
  @ParameterizedTest
  @MethodSource("chosen")
  void eachChosenSequenceWhileTheQuestionIsThere(TerminalBytes.Chosen written) {
    ask();
    write(written.bytes());
    assertThat(parser.takeKeys()).isEmpty();
    dialog.tick();
    assertThat(dialog.lines(100, 40)).isEqualTo(question);
    write(TerminalModes.END);
    check(written.bytes()); // asked again, it is whole
  }

  @Test
  void allChosenSequencesOneAfterTheOther() {
    StringBuilder all = new StringBuilder();
    for (TerminalBytes.Chosen written : chosen()) {
      all.append(written.bytes());
      write(written.bytes());
      check(all.toString());
    }
  }

  /** DECUDK: what the key sends would be keys of the question. */
  @Test
  void aFunctionKeyThatAProgramHasProgrammedAnswersNothing() {
    String program = "\u001bP0;1|17/720d;18/61\u001b\\";
    write(program);
    assertThat(terminal.pressShiftF6()).isEqualTo("r\r");

    ask();

    terminal.pressShiftF6().chars().forEach(parser::accept);
    assertThat(parser.takeKeys()).isEmpty();
    write(TerminalModes.END);
    write(program);
    check(program);
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
