package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortPathsTest {
  private final ShortPaths paths = new ShortPaths(Path.of("/home/me/work"), "/home/me/");

  @ParameterizedTest
  @CsvSource({
    "by rule x (/home/me/work/p.toml:3), by rule x (p.toml:3)",
    "/home/me/work/a/p.toml, a/p.toml",
    "`/home/me/.config/p.toml`, `~/.config/p.toml`",
    "/home/me/workshop/p.toml, ~/workshop/p.toml",
    "/home/me/work, ~/work",
    "/home/me/, /home/me/",
    "/home/mean/p.toml, /home/mean/p.toml",
    "/etc/home/me/p.toml, /etc/home/me/p.toml",
    "unix to /home/me/a and (/home/me/work/b), unix to ~/a and (b)",
  })
  void pathsAreAsAPersonTypesThem(String text, String expected) {
    assertThat(paths.in(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/", "''", "relative"})
  void whatIsNoHomeShortensNothing(String home) {
    ShortPaths none = new ShortPaths(Path.of("/"), home);
    assertThat(none.in("/etc/p.toml relative/p.toml")).isEqualTo("/etc/p.toml relative/p.toml");
    assertThat(new ShortPaths(Path.of("/"), null).in("/etc/p.toml")).isEqualTo("/etc/p.toml");
  }
}
