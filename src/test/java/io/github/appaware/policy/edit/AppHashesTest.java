package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hash is added where it belongs, and nothing else changes. */
class AppHashesTest {
  private static final String OLD = "a".repeat(64);
  private static final String NEW = "b".repeat(64);
  @TempDir Path dir;

  private Path policy(String sha256) throws Exception {
    return Files.writeString(
        dir.resolve("p.toml"),
        """
        version = 1 # mine

        [[app]]
        id = "other"
        sha256 = "%s"

        # the shop
        [[app]]
        id     = "mine" # ours
        %s
        """
            .formatted("c".repeat(64), sha256));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha256 = 'OLD' # x       | sha256 = ['OLD', \"NEW\"] # x",
        "sha256 = ['OLD']         | sha256 = ['OLD', \"NEW\"]",
        "sha256 = [ \"OLD\", ]  # y | sha256 = [ \"OLD\", \"NEW\", ]  # y",
      },
      quoteCharacter = '`')
  void itIsAddedToThoseThatAreThere(String before, String after) throws Exception {
    Path file = policy(before.replace("OLD", OLD));
    String text = Files.readString(file);

    assertThat(AppHashes.add(file, "mine", NEW)).isEqualTo(10);
    assertThat(file)
        .hasContent(
            text.replace(
                before.replace("OLD", OLD), after.replace("OLD", OLD).replace("NEW", NEW)));
  }

  @Test
  void severalLinesStay() throws Exception {
    Path file = policy("sha256 = [\n  # one\n  \"" + OLD + "\", # a\n]");
    int unused = AppHashes.add(file, "mine", NEW);
    assertThat(file).content().contains("  # one\n  \"" + OLD + "\", \"" + NEW + "\", # a\n]");
  }

  @Test
  void whatCannotBePinnedIsRefused() throws Exception {
    Path file = policy("sha256 = ['" + OLD + "']");
    String text = Files.readString(file);
    assertThatThrownBy(() -> AppHashes.add(file, "mine", OLD))
        .hasMessage("`mine` has this SHA-256 already");
    assertThatThrownBy(() -> AppHashes.add(file, "none", NEW))
        .hasMessageStartingWith("no `[[app]]` `none`");
    assertThatThrownBy(() -> AppHashes.add(file, "mine", "x")).isInstanceOf(EditException.class);
    assertThat(file).hasContent(text);
    assertThatThrownBy(() -> AppHashes.add(policy("file = 'x'"), "mine", NEW))
        .hasMessage("`mine` has no `sha256`, so any file of its name is it");
  }
}
