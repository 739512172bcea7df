package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours, width and pages of what is printed, on terminals and elsewhere. */
@ExtendWith(ToolExtension.class)
class ColorIT {
  private static final int RULES = 60;
  private static final String GREEN = "\u001b[1;32mallow\u001b[0m";

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n"
            + IntStream.range(0, RULES)
                .mapToObj(
                    i ->
                        "[[rule]]\nid = 'rule-%d'\naction = 'allow'\nhost = 'host-%d.example'\n"
                            .formatted(i, i))
                .collect(Collectors.joining()));
  }

  private String raw(String line) throws Exception {
    try (Pty pty = new Pty(tool, directory, line)) {
      assertThat(pty.end()).isZero();
      return pty.raw();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | '' | true",
        "NO_COLOR=1 | '' | '' | false",
        "TERM=dumb | '' | '' | false",
        "'' | --color never | '' | false",
        "NO_COLOR=1 | --color=always | | true",
        "'' | '' | >out; cat out | false",
        "CLICOLOR_FORCE=1 | '' | >out; cat out | true",
        "'' | --color always | >out; cat out | true",
      })
  void coloursAreForTerminalsUnlessTheUserSaysOtherwise(
      String before, String option, String after, boolean colors) throws Exception {
    String end = after == null ? "" : after;
    String list = " policy list -p p.toml --no-pager ";
    assertThat(raw(before + " " + Tool.SCRIPT + list + option + end).contains(GREEN))
        .isEqualTo(colors);
  }

  @Test
  void aWrongChoiceIsSaid() throws Exception {
    Tool.Result result = tool.run("policy", "list", "--color", "red");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("unknown choice of colours `red`", "auto, always or never");
  }

  @Test
  void helpHasColoursToo() throws Exception {
    assertThat(raw(Tool.SCRIPT + " policy list --color always --help")).contains("\u001b[");
    assertThat(raw(Tool.SCRIPT + " policy list --color never --help")).doesNotContain("\u001b[");
    assertThat(raw(Tool.SCRIPT + " help --color never policy list")).doesNotContain("\u001b[");
  }

  @Test
  void aListThatDoesNotFitIsShownByThePager() throws Exception {
    String list = Tool.SCRIPT + " policy list -p p.toml";
    String shown = raw("PAGER='cat >paged' " + list);
    assertThat(shown).doesNotContain("rule-1");
    assertThat(Files.readAllLines(directory.resolve("paged"))).hasSize(RULES + 1);

    Files.delete(directory.resolve("paged"));
    assertThat(raw("PAGER='cat >paged' " + list + " --no-pager")).contains("rule-59");
    assertThat(raw("PAGER='cat >paged' " + list + " >out; cat out")).contains("rule-59");
    assertThat(raw("PAGER='cat >paged' " + list + " --host host-7.example")).contains("rule-7");
    assertThat(directory.resolve("paged")).doesNotExist();
    assertThat(raw("PAGER=no-such-pager " + list)).contains("rule-59");
  }

  @Test
  void listAndMessagesFollowTheWidthOfTheTerminal() throws Exception {
    String list = Tool.SCRIPT + " policy list -p p.toml --no-pager";
    String missing = Tool.SCRIPT + " policy remove -p p.toml an-id-that-no-rule-of-this-file-has";
    String shown = raw("stty cols 50; " + list + "; " + missing + "; true").replace("\r", "");
    assertThat(shown.replaceAll("\u001b\\[[0-9;]*m", "").lines())
        .hasSizeGreaterThan(RULES)
        .allMatch(line -> line.length() <= 50);
    assertThat(shown).contains("an-id-that-no-rule-of-this-file-has`\n");
    assertThat(raw(list + " >out; cat out").lines().filter(line -> line.startsWith("rule-")))
        .hasSize(RULES);
  }
}
