package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.Policies.Result;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyImportTest {
  @TempDir Path dir;
  private Policies policies;

  @BeforeEach
  void prepare() {
    policies = new Policies(dir);
  }

  @Test
  void aWholePolicyIsShownAndWhatIsMissingIsListed() throws Exception {
    Result result =
        policies.run("import", "--from", "deno", "--allow-net=a.example:443,vsock:1:2", "-R");

    assertThat(result)
        .isEqualTo(
            new Result(
                1,
                """
                version = 1

                [default]
                unknown = "deny"

                # imported TIME by USER: from deno: --allow-net=a.example:443
                [[rule]]
                id     = "allow-a.example"
                action = "allow"
                host   = "a.example"
                port   = 443

                # not carried over: --allow-net=vsock:1:2: Java has no vsock sockets
                """,
                """
                appaware: not carried over: --allow-net=vsock:1:2: Java has no vsock sockets
                appaware: passed over: -R: is not about the network
                """));
    assertThat(PolicyReader.parse("p.toml", result.out()).rules()).hasSize(1);
  }

  @Test
  void whatIsCarriedOverWholeEndsWithZero() throws Exception {
    policies.write("list.txt", "github.com:443\n*.example.com:443\n");

    Result result = policies.run("import", "--from", "harden-runner", "list.txt", "-o", "p.toml");

    assertThat(result)
        .isEqualTo(
            new Result(0, "", "appaware: 2 rules and applications appended to DIR/p.toml\n"));
    assertThat(PolicyReader.read(List.of(dir.resolve("p.toml"))).rules()).hasSize(2);
    assertThat(policies.read("p.toml"))
        .startsWith("version = 1\n\n[default]\nunknown = \"deny\"\n");
  }

  @Test
  void anExistingFileIsAppendedTo() throws Exception {
    policies.write("p.toml", "# mine\nversion = 1\n");
    policies.run("import", "--from", "harden-runner", "github.com:443", "-o", "p.toml");
    assertThat(policies.read("p.toml"))
        .startsWith("# mine\nversion = 1\n\n# imported ")
        .doesNotContain("[default]");
  }

  @Test
  void eachEntryIsAnObjectInJson() throws Exception {
    policies.write(
        "x.policy", "grant { permission java.net.SocketPermission \"*:0\", \"listen\"; };");

    assertThat(policies.run("import", "--json", "--from", "java-policy", "x.policy").out())
        .isEqualTo(
            "{\"source\":\"x.policy:1 java.net.SocketPermission *:0, listen\",\"carried\":true,"
                + "\"remark\":\"port 0 is taken for Linux's usual range of ephemeral ports\","
                + "\"lines\":[\"[[rule]]\",\"action = \\\"allow\\\"\","
                + "\"event  = [\\\"bind\\\", \\\"listen\\\"]\","
                + "\"port   = [\\\"0\\\", \\\"32768-60999\\\"]\"]}\n");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThat(policies.run("import", "--from", "opensnitch", "none"))
        .isEqualTo(new Result(125, "", "appaware: `DIR/none`: no such file\n"));
    assertThat(policies.run("import", "--from", "java-policy", ".").status()).isEqualTo(125);
    assertThat(policies.run("import", "--from", "squid", "x").err())
        .isEqualTo(
            "appaware: unknown format `squid`: expected java-policy, opensnitch, deno or"
                + " harden-runner\n"
                + "  help: see `appaware policy import --help`\n");
  }
}
