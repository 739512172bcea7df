package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.moandjiezana.toml.Toml;
import io.github.appaware.policy.RandomToml;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFormatTest {
  private static final Path GOOD = Path.of("src/test/resources/policy/good.toml");

  @Test
  void theCanonicalFormIsThatOfTheDesign() throws Exception {
    String text =
        """
        # the site's
        # policy


        version=1
        [default] # the rest
        unknown = 'deny'   # really
          # not used
        ask-timeout = "30s" # for now


        # who
        [[ app ]]

        "id" = 'billing'
        sha256=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", \
        "0f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
        # what
        [[rule]]
        action="allow"
        host = [ # two
        "a.example" # first
        ,'*.b.example',
        # no more
        ]
        port=[443,
          8443]
        note = "C:\\\\new"
        # the end""";

    assertThat(PolicyFormat.format("p.toml", text))
        .isEqualTo(
            """
            # the site's
            # policy

            version = 1

            [default]  # the rest
            unknown     = "deny"  # really
            # not used
            ask-timeout = "30s"   # for now

            # who
            [[app]]
            id     = "billing"
            sha256 = [
              "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "0f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            ]

            # what
            [[rule]]
            action = "allow"
            host   = [  # two
              "a.example",  # first
              "*.b.example",
              # no more
            ]
            port   = [443, 8443]
            note   = 'C:\\new'
            # the end
            """);
  }

  @Property(tries = 800)
  void formattingKeepsMeaningAndCommentsAndIsDoneAfterOneTime(@ForAll long seed) throws Exception {
    String text = RandomToml.of(new Random(seed));

    // It compares meaning and comments itself, and throws where they differ.
    String once = PolicyFormat.format("random.toml", text);

    assertThat(PolicyFormat.format("random.toml", once)).isEqualTo(once);
    assertThat(TomlLayout.comments(TomlLayout.of(once)))
        .isEqualTo(TomlLayout.comments(TomlLayout.of(text)));
    assertThat(TomlTree.parse("", once)).isEqualTo(TomlTree.parse("", text));
    assertThat(once).doesNotContain("\n\n\n").doesNotContain("\ufeff");
  }

  @Property(tries = 300)
  void theItemsOfALayoutAreTheWholeText(@ForAll long seed) throws Exception {
    String text = RandomToml.of(new Random(seed));
    int at = text.startsWith("\ufeff") ? 1 : 0;
    int line = 1;
    for (TomlItem item : TomlLayout.of(text)) {
      assertThat(item.start()).isEqualTo(at);
      assertThat(item.line()).isEqualTo(line);
      line += (int) text.substring(item.start(), item.end()).chars().filter(c -> c == '\n').count();
      at = item.end();
    }
    assertThat(at).isEqualTo(text.length());
  }

  @Test
  void whatIsWrittenIsFormatted(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("p.toml");
    AnswerComment comment = new AnswerComment("added", Instant.EPOCH, "me", "x");
    PolicyEntry rule =
        PolicyEntry.rule(Action.DENY).with(RuleKey.HOST, List.of("a.example", "*.b.example"));
    new Answers(file, List.of()).append(rule, comment);
    new Answers(file, List.of()).append(rule.expires(Instant.EPOCH), comment);

    assertThat(PolicyFormat.isFormatted(file)).isTrue();
    assertThat(PolicyFormat.format(file)).isFalse();
  }

  @Test
  void theSamplesAreReadAlikeByTheOtherReaderWhenTheyAreFormatted() throws Exception {
    String formatted = PolicyFormat.format("good.toml", Files.readString(GOOD));

    assertThat(new Toml().read(formatted).toMap())
        .isEqualTo(new Toml().read(Files.readString(GOOD)).toMap());
  }

  @Test
  void aFileThatIsNotTomlIsRefused(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("p.toml"), "version = 1\nhost = x\n");

    assertThatThrownBy(() -> PolicyFormat.format(file))
        .isInstanceOf(EditException.class)
        .hasMessage(file + ":2:8: unexpected `x`, expected a value\n  help: write text in quotes");
    assertThat(file).hasContent("version = 1\nhost = x\n");
    assertThatThrownBy(() -> PolicyFormat.format(dir.resolve("none.toml")))
        .isInstanceOf(EditException.class)
        .hasMessage(dir.resolve("none.toml") + ": no such file");
  }

  @Test
  void nothingStaysNothing() throws Exception {
    assertThat(PolicyFormat.format("p.toml", "")).isEmpty();
    assertThat(PolicyFormat.format("p.toml", "\n\n")).isEmpty();
    assertThat(PolicyFormat.format("p.toml", "#x")).isEqualTo("#x\n");
  }
}
