package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleRemovalTest {
  private static final String HEAD = "# file\nversion = 1 # v\n\n";
  private static final String ONE = "# about one\n# more\n[[rule]] # h\nid='one'\naction='deny'\n";
  private static final String TWO =
      "[[rule]]\n# in two\nid='two'\naction='deny'\nhost=[\n'a',\n]\n#port=1\n";
  private static final String FLOATING = "# floating\n\n";
  private static final String APP = "# about app\n[[app]]\nid='x'\nfile='x'\n";

  @TempDir Path dir;

  @Test
  void aRuleGoesWithTheCommentAboveIt() throws Exception {
    Path file = write(HEAD + ONE + "\n\n" + FLOATING + TWO + "\n" + APP);

    assertThat(RuleRemoval.remove(file, 6)).isEqualTo(ONE.lines().toList());

    assertThat(Files.readString(file)).isEqualTo(HEAD + FLOATING + TWO + "\n" + APP);
  }

  @Test
  void commentsBehindItsKeysGoWithItAndFloatingOnesStay() throws Exception {
    Path file = write(HEAD + ONE + "\n" + FLOATING + TWO + "\n" + APP);

    assertThat(RuleRemoval.remove(file, lineOf(file, "'a'"))).isEqualTo(TWO.lines().toList());

    assertThat(Files.readString(file)).isEqualTo(HEAD + ONE + "\n" + FLOATING + APP);
  }

  @Test
  void theCommentAboveTheNextHeaderStays() throws Exception {
    Path file = write(HEAD + ONE + APP);

    RuleRemoval.remove(file, lineOf(file, "[[rule]]"));

    assertThat(Files.readString(file)).isEqualTo(HEAD + APP);
  }

  @Test
  void theLastRuleLeavesTheFileEndedAsItWas() throws Exception {
    Path file = write(HEAD + APP + "\n" + ONE);
    RuleRemoval.remove(file, lineOf(file, "'one'"));
    assertThat(Files.readString(file)).isEqualTo(HEAD + APP);

    write(HEAD + APP + "\n\n" + ONE.stripTrailing());
    RuleRemoval.remove(file, lineOf(file, "'one'"));
    assertThat(Files.readString(file)).isEqualTo(HEAD + APP.stripTrailing());
  }

  @Test
  void aLineOfNoRuleIsRefused() throws Exception {
    Path file = write(HEAD + ONE + "\n" + APP);
    for (int line : new int[] {1, 2, 3, 4, 9, lineOf(file, "[[app]]"), 99}) {
      assertThatThrownBy(() -> RuleRemoval.remove(file, line))
          .isInstanceOf(EditException.class)
          .hasMessage("no `[[rule]]` at " + file + ":" + line);
    }
    assertThat(Files.readString(file)).isEqualTo(HEAD + ONE + "\n" + APP);
  }

  @Test
  void aRuleOfAnArrayIsNoBlock() throws Exception {
    Path file = write("version = 1\nrule = [{action = 'deny'}]\n");
    assertThatThrownBy(() -> RuleRemoval.remove(file, 2))
        .hasMessage("no `[[rule]]` at " + file + ":2");
  }

  @Property(tries = 100)
  void whatIsAppendedAndRemovedLeavesTheFileAsItWas(@ForAll("texts") String text) throws Exception {
    Path file = Files.createTempFile("removal", ".toml");
    try {
      Files.writeString(file, text);
      Answers.Saved saved =
          new Answers(file, List.of())
              .append(
                  PolicyEntry.rule(Action.DENY).with(RuleKey.HOST, "a.example"),
                  new AnswerComment("added", Instant.EPOCH, "me", "x"));
      RuleRemoval.remove(file, saved.line());
      assertThat(Files.readString(file)).isEqualTo(text);
    } finally {
      Files.delete(file);
      Files.delete(file.resolveSibling("." + file.getFileName() + ".lock"));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("", ONE, TWO, FLOATING, APP, "#", "\n")
        .list()
        .ofMaxSize(4)
        .map(parts -> HEAD + String.join("\n", parts.stream().distinct().toList()))
        // Empty lines at the end, and a comment there, become one with what is appended.
        .map(text -> text.stripTrailing() + "\n")
        .map(text -> text.replace("\n", text.length() % 2 == 0 ? "\n" : "\r\n"));
  }

  private static int lineOf(Path file, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    throw new AssertionError(text);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("p.toml"), text);
  }
}
