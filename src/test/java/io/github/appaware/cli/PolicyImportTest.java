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
                id     = "allow-a.example-443"
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
    Result result =
        policies.run(
            "import",
            "--from",
            "deno",
            "--allow-net=github.com:443,www.example:443",
            "-o",
            "p.toml");

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
    policies.run("import", "--from", "deno", "--allow-net=github.com:443", "-o", "p.toml");
    assertThat(policies.read("p.toml"))
        .startsWith("# mine\nversion = 1\n\n# imported ")
        .doesNotContain("[default]");
  }

  @Test
  void eachEntryIsAnObjectInJson() throws Exception {
    policies.write(
        "x.policy", "grant { permission java.net.SocketPermission \"*:0\", \"listen,resolve\"; };");

    assertThat(policies.run("import", "--json", "--from", "java-policy", "x.policy").out())
        .isEqualTo(
            "{\"source\":\"x.policy:1 java.net.SocketPermission *:0, listen,resolve\","
                + "\"carried\":true,\"remark\":\"\",\"lines\":[\"[[rule]]\","
                + "\"action = \\\"allow\\\"\",\"event  = \\\"resolve\\\"\"]}\n"
                + "{\"source\":\"x.policy:1 java.net.SocketPermission *:0, listen,resolve\","
                + "\"carried\":true,\"remark\":\"port 0 is taken for Linux's usual range of ephemeral ports\","
                + "\"lines\":[\"[[rule]]\",\"action = \\\"allow\\\"\","
                + "\"event  = [\\\"bind\\\", \\\"listen\\\"]\","
                + "\"port   = [\\\"0\\\", \\\"32768-60999\\\"]\"]}\n");
  }

  @Test
  void aConfigurationOfDenoHasTasksAndPermissionSets() throws Exception {
    policies.write(
        "deno.json",
        """
        { // with comments
          "permissions": { "default": { "net": ["a.example", "b.example:443"], "read": true } },
          "tasks": { "x": "deno run --allow-net=a.example,b.example:443", "fmt": "deno fmt" },
        }
        """);
    Result result = policies.run("import", "--from", "deno", "deno.json");
    assertThat(result.err())
        .isEqualTo(
            "appaware: passed over: deno.json: permissions default: read: is not about the network\n");
    assertThat(result.status()).isZero();
    assertThat(PolicyReader.parse("p.toml", result.out()).rules()).hasSize(4);
  }

  @Test
  void programsOfDifferentPermissionsAreSaidToBeOne() throws Exception {
    policies.write(
        "deno.json",
        "{\"tasks\":{\"a\":\"deno run --allow-net=a.example,b.example\",\n"
            + "\"b\":{\"command\":\"deno run '--allow-net=c.example' -P m.ts\"}}}");
    Result result = policies.run("import", "--from", "deno", "deno.json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out().lines().filter(line -> line.startsWith("host")))
        .containsExactly(
            "host   = \"a.example\"", "host   = \"b.example\"", "host   = \"c.example\"");
    assertThat(result.err())
        .contains("deno.json: task b: -P: names a permission set")
        .contains("deno.json: its programs have different permissions");
  }

  @Test
  void aSourceThatIsNoPermissionIsAFileThatMustBeThere() throws Exception {
    assertThat(policies.run("import", "--from", "deno", "no-such-file.json"))
        .isEqualTo(new Result(125, "", "appaware: `DIR/no-such-file.json`: no such file\n"));
    assertThat(policies.run("import", "--from", "harden-runner", "w.yml").status()).isEqualTo(125);
    policies.write("other.json", "{}");
    Result other = policies.run("import", "--from", "deno", "other.json");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("other.json: has neither tasks nor permission sets");
    assertThat(policies.run("import", "--from", "deno", "deno", "run", "main.ts").status())
        .isZero();
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
