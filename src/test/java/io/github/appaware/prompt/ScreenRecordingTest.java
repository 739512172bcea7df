package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.ScreenRecording;
import io.github.appaware.testkit.ScreenRecording.Theme;
import io.github.appaware.testkit.StyledScreen;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person sees, recorded: a change of words, layout or colours shows in the recordings' diff.
 * With {@code -Dappaware.record=true} they, and the README's pictures, are written anew.
 */
class ScreenRecordingTest extends DialogFixture {
  private static final Path RECORDINGS = Path.of("src/test/resources/screens");
  private static final Path PICTURES = Path.of("src/site/resources/images");
  private static final boolean RECORD = Boolean.getBoolean("appaware.record");

  private static final List<String> RULE =
      List.of(
          "# added 2026-11-23T12:00:00Z by me: the application that asked",
          "[[app]]",
          "id     = \"app\"",
          "file   = \"app.jar\"",
          "sha256 = \"3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa0123\"",
          "",
          "# answered 2026-11-23T12:00:00Z by me: connect tcp to repo1.maven.org:443",
          "[[rule]]",
          "id       = \"allow-repo1.maven.org\"",
          "action   = \"allow\"",
          "app      = \"app\"",
          "event    = [\"resolve\", \"connect\"]",
          "host     = \"repo1.maven.org\"",
          "port     = 443",
          "protocol = \"tcp\"");

  private void ask(long id, String host, int others) {
    dialog.receive(Samples.question(id, host, 30_000, others));
    millis += 1_000;
  }

  /** Brings the dialog to where it is recorded, as the server and a person do. */
  private void play(String scene, int columns, int rows) {
    ask(7, scene.equals("imitation") ? "xn--pple-43d.com" : "repo1.maven.org", 2);
    switch (scene) {
      case "menu" -> {
        type("s");
        dialog.press(Key.DOWN);
      }
      case "saving", "scrolled" -> {
        type("w");
        String file = "/home/me/.config/appaware/policy.toml";
        dialog.receive(new Previewed(last(Preview.class).id(), file, RULE, ""));
        for (int i = 0; scene.equals("scrolled") && i < 9; i++) {
          List<ScreenLine> unused = dialog.lines(columns, rows);
          type(" ");
        }
      }
      case "details" -> {
        type("?");
        List<String> stack =
            List.of(
                "okhttp3.internal.connection.RealConnection.connectSocket:284",
                "com.acme.Shop.fetch:41");
        List<String> rules = List.of("rule \"web\" (p.toml:9) says allow, but `port` is 80");
        List<String> processes = List.of("bash (4100)", "java -jar app.jar (4242)");
        dialog.receive(new Details(last(Inspect.class).id(), stack, processes, rules));
      }
      case "take-back" -> {
        type("r");
        dialog.receive(new Answered(last(Answer.class).id(), true, ""));
        ask(8, "telemetry.example", 0);
      }
      default -> {}
    }
  }

  private ScreenRecording record(String scene, int columns, int rows, Theme theme) {
    play(scene, columns, rows);
    StyledScreen screen = new StyledScreen(columns, rows);
    screen.write("$ appaware run -- java -jar app.jar\r\n");
    for (String outcome : dialog.takeOutcomes()) {
      for (String line : MessageWrap.wrap(outcome, columns)) {
        screen.write(Paint.message(line) + "\r\n");
      }
    }
    List<ScreenLine> lines = dialog.lines(columns, rows);
    assertThat(lines).hasSizeBetween(3, rows - 2);
    screen.write(TerminalScreen.text(lines, lines.size(), ScreenColors.RGB));
    return new ScreenRecording(screen, theme);
  }

  @ParameterizedTest
  @CsvSource({
    "question, 80, 24, DARK",
    "question, 80, 24, LIGHT",
    "question, 50, 15, DARK",
    "question, 120, 40, LIGHT",
    "menu, 80, 24, DARK",
    "saving, 80, 24, LIGHT",
    "saving, 50, 15, DARK",
    "scrolled, 50, 15, LIGHT",
    "details, 120, 40, DARK",
    "take-back, 80, 24, DARK",
    "imitation, 50, 15, LIGHT",
  })
  void theScreenIsThatOfTheRecording(String scene, int columns, int rows, Theme theme)
      throws IOException {
    String name = scene + "-" + columns + "x" + rows + "-" + theme.label() + ".txt";
    compare(RECORDINGS.resolve(name), lines(record(scene, columns, rows, theme)));
  }

  private static String lines(ScreenRecording recording) {
    return String.join("\n", recording.lines()) + "\n";
  }

  @ParameterizedTest
  @CsvSource({"DARK", "LIGHT"})
  void thePictureOfTheReadmeIsThatOfTheRecording(Theme theme) throws IOException {
    ScreenRecording recording = record("question", 80, 24, theme);
    Path picture = PICTURES.resolve("question-" + theme.label() + ".svg");
    compare(picture, recording.svg("A question of appaware on a terminal"));
    assertThat(Files.readString(Path.of("README.md"))).contains(picture.toString());
  }

  @Test
  void eachRecordingIsOfATest() throws IOException {
    try (var files = Files.list(RECORDINGS)) {
      assertThat(files).hasSize(11);
    }
  }

  private static void compare(Path file, String made) throws IOException {
    if (RECORD) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, made);
    }
    assertThat(made).isEqualTo(Files.readString(file));
  }
}
