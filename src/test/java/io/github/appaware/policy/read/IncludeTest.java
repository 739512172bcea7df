package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeTest {
  private static final String DENY = "[[rule]]\naction = 'deny'\n";

  @TempDir Path dir;

  @Test
  void aPolicyThatIsInNoFileNamesNone() throws Exception {
    String text = "version = 1\ninclude = ['a.toml']\n[[rule]]\naction = 'deny'\nhost-list = 'l'\n";
    String why = "a stored policy can't name files\n  help: keep what names files in a policy file";
    assertThatThrownBy(() -> PolicyReader.read(List.of(), Map.of("site", text), List.of()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("site:2:12: ")
        .hasMessageContaining("site:5:1: ")
        .hasMessageContaining(why);
  }

  @Test
  void anIncludedFileIsMergedAsIfItWereNamed() throws Exception {
    Path site = write("conf/site.toml", "include = ['../own.toml', 'more.toml']\n" + DENY);
    Path own = write("own.toml", DENY);
    Path more = write("conf/more.toml", DENY);
    Policy policy = PolicyReader.read(List.of(site));
    assertThat(policy.rules().stream().map(Rule::at))
        .containsExactly(site + ":3", dir.resolve("conf/../own.toml") + ":2", more + ":2");
    assertThat(policy.sources().stream().map(SourceFile::path))
        .containsExactly(site, dir.resolve("conf/../own.toml"), more);
    assertThat(own).exists();
  }

  @Test
  void aFileThatIsReachedTwiceIsReadOnce() throws Exception {
    Path a = write("a.toml", "include = ['b.toml', 'c.toml']\n");
    write("b.toml", "include = 'c.toml'\n");
    Path c = write("c.toml", "[[rule]]\nid = 'x'\naction = 'deny'\n");
    assertThat(PolicyReader.read(List.of(a, c, a)).rules()).hasSize(1);
  }

  @Test
  void aCycleIsReportedWhereItCloses() throws Exception {
    Path a = write("a.toml", "include = 'b.toml'\n");
    Path b = write("b.toml", "\ninclude = ['./a.toml', 'b.toml']\n");
    assertThatThrownBy(() -> PolicyReader.read(List.of(a)))
        .hasMessage(
            b
                + ":3:12: the file `./a.toml` can't be used: it includes itself\n"
                + b
                + ":3:24: the file `b.toml` can't be used: it includes itself");
  }

  @Test
  void aChainThatIsTooLongIsReportedWhereItGoesOn() throws Exception {
    for (int i = 0; i < 30; i++) {
      write(i + ".toml", "include = '" + (i + 1) + ".toml'\n");
    }
    assertThatThrownBy(() -> PolicyReader.read(List.of(dir.resolve("0.toml"))))
        .hasMessage(
            dir.resolve("16.toml")
                + ":2:1: the file `17.toml` can't be used: more than 16 files include one another");
  }

  @Test
  void problemsOfIncludedFilesAreReportedWithAllOthers() throws Exception {
    Path a = write("a.toml", "include = ['b.toml', 'no.toml', '.']\n[[rule]]\n");
    Path b = write("b.toml", "x = 1\n");
    assertThatThrownBy(() -> PolicyReader.read(List.of(a)))
        .isInstanceOfSatisfying(
            PolicyException.class,
            refusal ->
                assertThat(refusal.sources().stream().map(SourceFile::path))
                    .containsExactly(a, b, dir.resolve("no.toml"), dir.resolve(".")))
        .hasMessage(
            String.join(
                "\n",
                a + ":2:22: the file `no.toml` can't be used: no such file",
                "  help: relative names start from the directory of `" + a + "`",
                a + ":2:33: the file `.` can't be used: is a directory",
                a + ":3:1: `action` is missing",
                "  help: write `action = \"allow\"`, `\"deny\"` or `\"ask\"`",
                b + ":2:1: unknown key `x`",
                "  help: expected one of `version`, `include`, `default`, `app`, `group`, `rule`"));
  }

  @Test
  void thousandsOfFilesAreRefused() throws Exception {
    StringBuilder includes = new StringBuilder("include = [");
    for (int i = 0; i < 1100; i++) {
      includes.append("'missing").append(i).append("', ");
    }
    Path a = write("a.toml", includes.append("]\n").toString());
    assertThatThrownBy(() -> PolicyReader.read(List.of(a)))
        .hasMessageContaining("the file `missing999` can't be used: more than 1000 files");
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "version = 1\n" + text);
  }
}
