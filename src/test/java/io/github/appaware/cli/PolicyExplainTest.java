package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.Policies.Result;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Programs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is explained, word by word. Long, as the expected texts are whole. */
class PolicyExplainTest {
  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private static final String RULES =
      """
      version = 1
      [default]
      unknown = "ask"
      [[app]]
      id = "billing"
      file = "billing-*.jar"
      sha256 = "%s"
      [[rule]]
      id = "web"
      action = "allow"
      host = ["*.example", "a.test"]
      port = [443, "8000-8099"]
      [[rule]]
      id = "web-again"
      action = "allow"
      host = "a.example"
      [[rule]]
      id = "inside"
      action = "deny"
      address = "private"
      [[rule]]
      id = "vpn"
      action = "allow"
      address = "10.8.0.0/16"
      priority = 5
      [[rule]]
      id = "driver"
      action = "allow"
      app = "billing"
      origin = "maven:org.postgresql:postgresql"
      port = 5432
      [[rule]]
      id = "old"
      action = "deny"
      expires = 2020-01-01T00:00:00Z
      [[rule]]
      id = "docker"
      action = "deny"
      path = "/run/docker*.sock"
      [[rule]]
      id = "served"
      action = "allow"
      event = "accept"
      local-port = 8080
      """
          .formatted(HASH);

  @TempDir Path dir;
  private Policies policies;

  @BeforeEach
  void prepare() throws Exception {
    policies = new Policies(dir);
    policies.write("p.toml", RULES);
  }

  private Result explain(String... words) {
    return policies.run(
        Stream.concat(Stream.of("explain", "-p", "p.toml"), Arrays.stream(words))
            .toArray(String[]::new));
  }

  private void assertSays(int status, String sentence, String... words) {
    Result result = explain(words);
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines().findFirst()).contains(sentence);
    assertThat(result.status()).isEqualTo(status);
  }

  @Test
  void everyRuleHasItsPart() {
    Result result = explain("--address", "192.0.2.7", "connect", "a.example:443");

    assertThat(result.status()).isZero();
    // The directory is longer than its name here, and so is the column.
    assertThat(result.out().replaceAll("WHERE +WHAT", "WHERE          WHAT"))
        .isEqualTo(
            """
            connect tcp to a.example:443 (192.0.2.7) is allowed by rule "web" (DIR/p.toml:8)

            RULE       ACTION  WHERE          WHAT     WHY
            web        allow   DIR/p.toml:8   decides  matches
            web-again  allow   DIR/p.toml:13  agrees   matches, and says the same
            inside     deny    DIR/p.toml:17  differs  `address` is private
            vpn        allow   DIR/p.toml:21  differs  `address` is 10.8.0.0/16
            driver     allow   DIR/p.toml:26  differs  `app` is billing
            old        deny    DIR/p.toml:32  differs  expired at TIME
            docker     deny    DIR/p.toml:36  differs  `path` is /run/docker*.sock
            served     allow   DIR/p.toml:40  differs  `event` is accept
            """);
  }

  @Test
  void theWildcardAsAFarEndIsTheLoopbackAsInARun() {
    assertThat(explain("connect", "0.0.0.0:443").out()).startsWith("connect tcp to 127.0.0.1:443 ");
    assertThat(explain("send", "[::]:443").out()).startsWith("send udp to [::1]:443 ");
    assertThat(explain("--address", "::", "connect", "a.example:443").out())
        .startsWith("connect tcp to a.example:443 (::1) ");
    assertThat(explain("listen", "[::]:443").out()).startsWith("listen tcp on 0.0.0.0:443 ");
  }

  @Test
  void thePeerIsWhatTheOptionSays() throws Exception {
    String policy =
        """
        version = 1
        [[rule]]
        id = "daemons"
        action = "deny"
        peer = ["outside", "user:root"]
        [[rule]]
        id = "postgres"
        action = "allow"
        path = "/run/postgres"
        peer = "post*"
        priority = 1
        """;
    policies.write("p.toml", policy);
    String[] daemon = {"--peer", "outside", "connect", "127.0.0.1:80"};
    String[] own = {"--peer", "run,user:root", "send", "127.0.0.1:80"};
    String[] postgres = {"--peer", "postgres", "connect", "/run/postgres"};
    String[] none = {"connect", "127.0.0.1:80"};

    assertThat(explain(daemon).out()).contains("is denied by rule \"daemons\"");
    assertThat(explain(own).out()).contains("is denied by rule \"daemons\"");
    assertThat(explain(postgres).out()).contains("is allowed by rule \"postgres\"");
    assertThat(explain(none).out())
        .contains("is asked about")
        .contains("name with `--peer` what listens there")
        .contains("`peer` is outside, user:root");
    assertRefused(
        "`bind` has no peer\n  help: `connect` and `send` have one",
        "--peer",
        "run",
        "bind",
        "127.0.0.1:0");
    assertRefused(
        "`post*` is a pattern, not a process\n  help: write what listens there",
        "--peer",
        "post*",
        "connect",
        "/run/x");
  }

  @Test
  void whatIsBehindAProxyIsDecidedByTheSameRules() throws Exception {
    policies.write(
        "p.toml",
        """
        version = 1
        [default]
        unknown = "deny"
        [[rule]]
        id = "central"
        action = "allow"
        host = "repo.example"
        [[rule]]
        id = "metadata"
        action = "deny"
        address = "metadata"
        [[rule]]
        id = "here"
        action = "allow"
        host = "a.example"
        through = "proxy.example:3128"
        """);
    String proxy = "--through=proxy.example:3128";

    assertThat(explain(proxy, "connect", "repo.example:443").out())
        .startsWith(
            "connect tcp to repo.example:443 through proxy proxy.example:3128 is allowed by rule"
                + " \"central\"");
    assertThat(explain(proxy, "connect", "169.254.169.254:80").out())
        .contains("is denied by rule \"metadata\"");
    assertThat(explain(proxy, "connect", "a.example:80").out())
        .contains("is allowed by rule \"here\"")
        .contains("note: rules about addresses are not about a name that a proxy looks up");
    assertThat(explain("connect", "a.example:80").out())
        .contains("is denied by default")
        .contains("`through` is proxy.example:3128");
    assertThat(explain("--through=proxy.example:3129", "connect", "a.example:80").out())
        .contains("is denied by default");
    assertThat(explain(proxy, "connect", "unknown-target").out())
        .startsWith("connect tcp to an unknown target through proxy proxy.example:3128 is denied");
    assertRefused(
        "only `connect` over tcp goes through a proxy\n  help: leave `--through` out",
        proxy,
        "send",
        "a.example:53");
    assertRefused(
        "`*.example` is not one proxy\n  help: write host and port, as in"
            + " `proxy.example.com:3128`",
        "--through=*.example",
        "connect",
        "a.example:80");
    assertRefused(
        "a connect through a proxy has no peer\n  help: leave `--peer` out, or `--through`",
        proxy,
        "--peer=run",
        "connect",
        "a.example:80");
  }

  @Test
  void denyBeatsAllowAndPriorityBeatsBoth() {
    assertThat(explain("--address", "10.1.1.1", "connect", "a.example:443").out())
        .startsWith(
            "connect tcp to a.example:443 (10.1.1.1) is denied by rule \"inside\" (DIR/p.toml:17)\n")
        .contains("beaten   matches, but deny beats allow\n", "decides  matches, deny wins\n");
    assertThat(explain("--address", "10.8.1.1", "connect", "a.example:443").out())
        .startsWith(
            "connect tcp to a.example:443 (10.8.1.1) is allowed by rule \"vpn\" (DIR/p.toml:21)\n")
        .contains(
            "outranked  matches, but priority 0 is below 5\n",
            "decides    matches, with the highest priority, 5\n");
  }

  @Test
  void theStatusIsThatOfTheVerdict() {
    assertSays(0, "resolve a.test is allowed by rule \"web\" (DIR/p.toml:8)", "resolve", "A.TEST.");
    assertSays(
        1,
        "connect tcp to 10.0.0.1:1 is denied by rule \"inside\" (DIR/p.toml:17)",
        "connect",
        "10.0.0.1:1");
    assertSays(
        2,
        "send udp to [2001:db8::1]:53 is asked about, and denied where no one can be asked, by"
            + " default, no rule matches (DIR/p.toml:3)",
        "send",
        "[2001:db8::1]:53");
  }

  @Test
  void anEventIsWrittenAsMessagesHaveIt() {
    String sentence = "connect tcp to 10.0.0.1:443 is denied by rule \"inside\" (DIR/p.toml:17)";
    assertSays(1, sentence, "connect", "10.0.0.1:443");
    assertSays(1, sentence, "connect", "tcp", "10.0.0.1:443");
    assertSays(1, sentence, "connect", "tcp", "to", "10.0.0.1:443");
    assertSays(1, sentence, "connect", "to", "[::ffff:10.0.0.1]:443");
    assertSays(
        1,
        "send udp to 10.0.0.1:53 is denied by rule \"inside\" (DIR/p.toml:17)",
        "send",
        "10.0.0.1:53");
    assertSays(
        1,
        "connect unix to /run/docker.sock is denied by rule \"docker\" (DIR/p.toml:36)",
        "connect",
        "unix",
        "/run/x/../docker.sock");
    assertSays(
        0,
        "accept tcp from 198.51.100.7:5555 is allowed by rule \"served\" (DIR/p.toml:40)",
        "accept",
        "198.51.100.7:5555",
        "--local-port",
        "8080");
    assertSays(
        1, "resolve 10.0.0.1 is denied by rule \"inside\" (DIR/p.toml:17)", "resolve", "10.0.0.1");
  }

  @Test
  void theApplicationAndTheOriginCount() throws Exception {
    String allowed = "connect tcp to 192.0.2.9:5432 is allowed by rule \"driver\" (DIR/p.toml:26)";
    String driver = "maven:org.postgresql:postgresql:42.7.4";
    String[] event = {"connect", "192.0.2.9:5432"};
    assertSays(0, allowed, with(event, "--app", "billing", "--origin", driver));
    assertSays(
        0, allowed, with(event, "--app", "billing-2.jar", "--sha256", HASH, "--origin", driver));
    assertThat(explain(with(event, "--app", "billing")).out())
        .contains("differs  `origin` is maven:org.postgresql:postgresql\n");

    Result other = explain(with(event, "--app", "billing-2.jar", "--origin", driver));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .isEqualTo(
            "appaware: `billing-2.jar` has no SHA-256, so it can't be one of those pinned for app"
                + " \"billing\" (DIR/p.toml:4): the id does not apply\n");

    Path jar = Programs.jar(dir.resolve("billing-2.jar"), Steps.class);
    policies.write("p.toml", RULES.replace(HASH, Digest.sha256(jar)));
    assertSays(0, allowed, with(event, "--app", jar.toString(), "--origin", driver));
  }

  private static String[] with(String[] event, String... options) {
    return Stream.concat(Arrays.stream(options), Arrays.stream(event)).toArray(String[]::new);
  }

  @Test
  void timeCanBeAnother() {
    assertThat(explain("--at", "2019-01-01T00:00:00Z", "connect", "203.0.113.1:1").status())
        .isOne();
    assertThat(explain("--at", "1h", "connect", "203.0.113.1:1").status()).isEqualTo(2);
  }

  @Test
  void whatIsNotSaidIsPointedOut() {
    assertThat(explain("connect", "a.test:80").out())
        .startsWith(
            """
            connect tcp to a.test:80 is asked about, and denied where no one can be asked, by default, no rule matches (DIR/p.toml:3)
            note: the policy has rules about addresses, and none is given: name with `--address` what a.test resolves to
            """);
    assertThat(explain("--address", "10.8.0.1", "connect", "b.test:80").out())
        .startsWith(
            """
            connect tcp to b.test:80 (10.8.0.1) is allowed by rule "vpn" (DIR/p.toml:21)
            note: before that, resolve b.test is asked about, and denied where no one can be asked, by default, no rule matches (DIR/p.toml:3)
            """);
  }

  @Test
  void ofTheRulesThatDoNotMatchOnlySomeAreShown() throws Exception {
    policies.write(
        "p.toml", "version = 1\n" + "[[rule]]\naction = \"deny\"\nport = 1\n".repeat(25));

    assertThat(explain("connect", "192.0.2.9:2").out().lines())
        .hasSize(24)
        .endsWith("and 5 more that don't match; see --all");
    assertThat(explain("--all", "connect", "192.0.2.9:2").out().lines()).hasSize(28);
  }

  @Test
  void programsGetOneObject() throws Exception {
    policies.write(
        "p.toml",
        """
        version = 1
        [[rule]]
        id = "a"
        action = "deny"
        port = 1
        priority = 7
        """);
    assertThat(explain("--json", "connect", "192.0.2.9:1"))
        .isEqualTo(
            new Result(
                1,
                "{\"event\":\"connect\",\"endpoint\":\"192.0.2.9:1\",\"verdict\":\"deny\",\"reason\":"
                    + "{\"kind\":\"rule\",\"rule\":\"a\",\"at\":\"DIR/p.toml:2\"},\"notes\":[],"
                    + "\"rules\":[{\"id\":\"a\",\"action\":\"deny\",\"priority\":7,\"file\":\"DIR/p.toml\","
                    + "\"line\":2,\"role\":\"decides\",\"key\":\"\",\"why\":\"matches\"}]}\n",
                ""));
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertRefused(
        "unknown event `dial`\n  help: expected one of `resolve`,", "dial", "a.example:1");
    assertRefused("`a.example` has no port\n  help: write `a.example:443`", "connect", "a.example");
    assertRefused("`[::1]` has no port\n  help: write `[::1]:443`", "connect", "[::1]");
    assertRefused(
        "`x` is not a port\n  help: write one from 0 to 65535, or `ephemeral`",
        "connect",
        "a.example:x");
    assertRefused(
        "`::1:80` is not an endpoint\n  help: write IPv6 addresses as in `[::1]:443`",
        "connect",
        "::1:80");
    assertRefused(
        "`*.example` is a pattern, not a host name\n  help: write one name",
        "resolve",
        "*.example");
    assertRefused("`300.0.0.1` is not an address\n", "connect", "300.0.0.1:1");
    assertRefused(
        "`a.example` is not an address\n  help: `bind` has a local address, such as `0.0.0.0:8080`",
        "bind",
        "a.example:80");
    assertRefused(
        "the path `x` is not absolute\n  help: begin it with `/`", "connect", "unix", "x");
    assertRefused(
        "`b` is unexpected\n  help: write an event, a protocol if it is not the usual one, and"
            + " an endpoint",
        "connect",
        "a.example:1",
        "b");
    assertRefused(
        "a look-up has no protocol\n  help: write `resolve a.example`",
        "resolve",
        "tcp",
        "a.example");
    assertRefused(
        "the endpoint has an address already\n  help: leave `--address` out",
        "--address",
        "10.0.0.1",
        "connect",
        "10.0.0.2:1");
    assertRefused(
        "`connect` has no local port\n  help: `accept` and `receive` have one",
        "--local-port",
        "1",
        "connect",
        "10.0.0.2:1");
    assertRefused(
        "`maven:g:a` has no version\n  help: write `maven:g:a:1.0`",
        "--origin",
        "maven:g:a",
        "connect",
        "10.0.0.2:1");
    assertRefused(
        "`jar:a-*.jar` is a pattern, not an origin\n  help: write what is on the stack",
        "--origin",
        "jar:a-*.jar",
        "connect",
        "10.0.0.2:1");
    assertRefused(
        "invalid SHA-256 `9f86`: expected 64 hexadecimal digits",
        "--sha256",
        "9f86",
        "connect",
        "10.0.0.2:1");
    assertRefused("DIR/none.toml: no such file\n", "-p", "none.toml", "connect", "10.0.0.2:1");
  }

  private void assertRefused(String message, String... words) {
    Result result = explain(words);
    assertThat(result.err()).startsWith("appaware: " + message);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(CommandLineProgram.FAILED);
  }
}
