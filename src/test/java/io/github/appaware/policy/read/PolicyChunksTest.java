package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyChunksTest {
  private static final String RULE = "[[rule]]\naction = 'deny'\nhost = 'a.example' # x\n\n";
  private static final int MANY = 5000;

  @Test
  void theTextOfAllPiecesIsTheText() throws MalformedValue {
    String text = "version = 1\n[default]\nunknown = 'deny'\n  " + RULE.repeat(MANY);
    assertThat(PolicyChunks.of(text)).hasSizeGreaterThan(3);
    assertThat(
            PolicyChunks.of(text).stream()
                .map(PolicyChunks.Chunk::text)
                .collect(Collectors.joining()))
        .isEqualTo(text);
    int lines = 0;
    for (PolicyChunks.Chunk chunk : PolicyChunks.of(text)) {
      assertThat(chunk.line()).isEqualTo(lines);
      lines += (int) chunk.text().chars().filter(c -> c == '\n').count();
    }
  }

  @Test
  void aMissingVersionIsReportedOnce() {
    assertThatThrownBy(() -> PolicyReader.parse("p.toml", RULE.repeat(MANY)))
        .hasMessage("p.toml:1:1: `version` is missing\n  help: begin the file with `version = 1`");
  }

  @Test
  void rulesOfAllPiecesAreReadWithTheirLines() throws PolicyException {
    Policy policy = Fixtures.policy(RULE.repeat(MANY));
    assertThat(policy.rules()).hasSize(MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(policy.rules().get(i).at()).isEqualTo("p.toml:" + (2 + 4 * i));
    }
  }

  @Test
  void problemsOfAllPiecesHaveTheLinesOfTheFile() {
    String many = RULE.repeat(MANY);
    assertThatThrownBy(
            () ->
                Fixtures.policy(
                    "[[rule]]\nx = 1\n"
                        + many
                        + "[[rule]]\naction = 'deny'\nport = 1\nport = 2\n"
                        + many
                        + "[[rule]]\naction = 'no'\n"))
        .hasMessageContaining("p.toml:3:1: unknown key `x`")
        .hasMessageContaining("p.toml:20007:1: `port` previously defined at line 20006, column 1")
        .hasMessageContaining("p.toml:40009:1: unknown action `no`");
  }

  @Test
  void whatCouldMeanSomethingElseInPiecesStaysWhole() throws MalformedValue {
    String many = RULE.repeat(MANY);
    for (String other :
        new String[] {
          "note = \"\"\"\n[[rule]]\n\"\"\"\n",
          "note = '''x'''\n",
          "[[app]]\n",
          "[default]\n",
          "[rule.x]\n",
          "[[ rule ]]\n",
          "[\n"
        }) {
      assertThat(PolicyChunks.of("version = 1\n" + many + other + many)).as(other).hasSize(1);
    }
    assertThat(PolicyChunks.of("[default]\n" + many)).hasSizeGreaterThan(1);
  }

  @Test
  void rulesInTwoFormsAreRefused() {
    assertThatThrownBy(() -> Fixtures.policy("rule = [{action = 'deny'}]\n" + RULE.repeat(MANY)))
        .hasMessage(
            "p.toml:2:1: `rule` is not an array of tables\n  help: write `[[rule]]` each time");
  }

  @Test
  void whatIsTooMuchAtOnceIsRefused() {
    String many = RULE.repeat(MANY);
    assertThatThrownBy(() -> Fixtures.policy("#\n".repeat(2 << 20) + many))
        .hasMessage(
            "p.toml: too large to be parsed at once\n"
                + "  help: put long lists of hosts into a `host-list`");
    assertThatThrownBy(() -> Fixtures.policy(many.repeat(12) + "[default]\n" + many.repeat(2)))
        .hasMessage(
            "p.toml: too large to be parsed at once\n"
                + "  help: above 2 MiB, no string may span lines, and other tables must precede"
                + " `[[rule]]`");
  }
}
