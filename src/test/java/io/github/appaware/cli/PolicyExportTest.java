package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.Policies.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyExportTest {
  @TempDir Path dir;
  private Policies policies;

  @BeforeEach
  void prepare() throws Exception {
    policies = new Policies(dir);
    policies.write(
        "p.toml",
        """
        version = 1

        [default]
        unknown = "deny"

        [[rule]]
        id     = "central"
        action = "allow"
        host   = "repo1.maven.org"
        port   = 443
        """);
    policies.write("q.toml", "version = 1\n[[rule]]\naction = 'allow'\nhost = '*.example.com'\n");
  }

  @Test
  void aListThatSaysTheSameIsShownAndEndsWithZero() {
    assertThat(policies.run("export", "--to", "deno", "p.toml"))
        .isEqualTo(new Result(0, "--allow-net=repo1.maven.org:443\n", ""));
  }

  @Test
  void whatIsNotTheSameIsListed() {
    assertThat(policies.run("export", "--to", "deno", "p.toml", "q.toml"))
        .isEqualTo(
            new Result(
                1,
                "--allow-net=repo1.maven.org:443,*.example.com\n",
                "appaware: carried over, not exactly: DIR/q.toml:2: `*.name` includes the name"
                    + " itself there\n"));
  }

  @Test
  void itIsWrittenToAFileOrAFolder() throws Exception {
    Result result =
        policies.run("export", "--to", "kubernetes", "--name", "build", "-o", "net.yaml", "p.toml");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("appaware: written to DIR/net.yaml\n");
    assertThat(policies.read("net.yaml")).contains("kind: \"NetworkPolicy\"", "app: \"build\"");

    Result folder = policies.run("export", "--to", "opensnitch", "-o", "rules", "p.toml");
    assertThat(folder.err()).startsWith("appaware: 2 files written to DIR/rules\n");
    try (Stream<Path> files = Files.list(dir.resolve("rules"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("000-allow-central.json", "001-allow-look-ups.json");
    }
  }

  @Test
  void whatCannotBeWrittenIsRefused() throws Exception {
    assertThat(policies.run("export", "--to", "opensnitch", "p.toml"))
        .isEqualTo(
            new Result(
                125,
                "",
                """
                appaware: opensnitch has a file for each rule
                  help: name a folder for them: `--output FOLDER`
                """));
    assertThat(policies.run("export", "--to", "cilium", "--name", "My App", "p.toml").err())
        .startsWith("appaware: invalid name `My App`: expected lower-case letters");
    assertThat(policies.run("export", "--to", "squid", "p.toml").err())
        .startsWith(
            "appaware: unknown format `squid`: expected github-firewall, harden-runner, fence,"
                + " cilium, kubernetes, deno or opensnitch\n");
    policies.write("bad.toml", "version = 2\n");
    assertThat(policies.run("export", "--to", "deno", "bad.toml").status()).isEqualTo(125);
    assertThat(policies.run("export", "--to", "deno", "-o", "none/x", "p.toml"))
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(125);
              assertThat(result.err()).startsWith("appaware: the list can't be written: ");
            });
  }
}
