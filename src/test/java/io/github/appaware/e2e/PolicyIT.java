package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands for policies, as the real script runs them. */
@ExtendWith(ToolExtension.class)
class PolicyIT {
  @TempDir Path directory;
  private Tool tool;

  @Test
  void aRuleIsAddedListedFormattedAndRemoved() throws Exception {
    Path file = directory.resolve("p.toml");
    String mine = "# mine\nversion=1 # one\n";
    Files.writeString(file, mine);

    Result added = tool.run("policy", "add", "-p", "p.toml", "deny", "--host", "x.example");
    assertThat(added.err()).isEqualTo("appaware: saved in p.toml:5\n");
    assertThat(added.status()).isZero();
    assertThat(Files.readString(file)).isEqualTo(mine + "\n" + added.out());

    Result listed = tool.run("policy", "list", "-p", "p.toml", "--json", "--recent");
    assertThat(listed.out().strip()).matches(Json::isObject).contains("\"id\":\"deny-x.example\"");

    assertThat(tool.run("policy", "fmt", "--check", "p.toml").status()).isOne();
    assertThat(tool.run("policy", "fmt", "p.toml")).isEqualTo(new Result(0, "p.toml\n", ""));
    assertThat(tool.run("policy", "remove", "-p", "p.toml", "deny-x.example").status()).isZero();
    assertThat(Files.readString(file)).isEqualTo("# mine\nversion = 1  # one\n");
  }

  @Test
  void aPolicyIsMadeOfDenosOptionsAndRunsAProgram() throws Exception {
    Result result = tool.run("policy", "import", "--from", "deno", "--allow-net=a.example", "-R");

    assertThat(result.status()).isZero();
    assertThat(result.err()).isEqualTo("appaware: passed over: -R: is not about the network\n");
    Files.writeString(directory.resolve("p.toml"), result.out());
    assertThat(tool.run("run", "-q", "-p", "p.toml", "--", "true").status()).isZero();
  }

  @Test
  void anAnswerGoesToTheUsersOwnPolicyWhereNoneIsNamed() throws Exception {
    Result result = tool.run("policy", "add", "allow", "--address", "loopback");

    Path own = directory.resolve("config/appaware/policy.toml");
    assertThat(result.err()).isEqualTo("appaware: saved in " + own + ":4\n");
    assertThat(tool.run("run", "-q", "--", "true").status()).isZero();
  }

  @Test
  void everyCommandHasHelpOfEightyColumns() throws Exception {
    for (String command :
        new String[] {"check", "explain", "list", "add", "remove", "fmt", "import"}) {
      Result help = tool.run("policy", command, "--help");
      assertThat(help.status()).isZero();
      assertThat(help.out()).startsWith("Usage: appaware policy " + command);
      assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
      assertThat(help.out()).contains("Exit status:");
    }
  }
}
