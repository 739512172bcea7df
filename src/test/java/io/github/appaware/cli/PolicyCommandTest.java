package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.Policies.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
  private static final String RULES =
      """
      version = 1
      [[app]]
      id = "billing"
      file = "b.jar"

      # answered 2026-01-02T03:04:05Z by alice: connect tcp to a.example:443
      [[rule]]
      id = "one"
      action = "allow"
      app = "billing"
      event = ["resolve", "connect"]
      host = ["a.example", "*.b.example"]
      port = 443
      expires = 2100-01-01T00:00:00Z

      # added 2026-01-02T03:04:06Z by bob: `policy add`
      [[rule]]
      action = "deny"
      address = "private"
      priority = 5
      note = "no"

      # by hand
      [[rule]]
      id = "all"
      action = "ask"
      """;

  @TempDir Path dir;
  private Policies policies;

  @BeforeEach
  void prepare() {
    policies = new Policies(dir);
  }

  @Test
  void aRuleIsAddedAndShown() throws Exception {
    Result result =
        policies.run(
            "add",
            "-p",
            "p.toml",
            "allow",
            "--host",
            "a.example,*.b.example",
            "--port",
            "443",
            "--port",
            "8000-8099",
            "--event",
            "connect",
            "--note",
            "why",
            "--id",
            "mine");

    String lines =
        """
        # added TIME by USER: `policy add`
        [[rule]]
        id     = "mine"
        action = "allow"
        event  = "connect"
        host   = ["a.example", "*.b.example"]
        port   = ["443", "8000-8099"]
        note   = "why"
        """;
    assertThat(result).isEqualTo(new Result(0, lines, "appaware: saved in DIR/p.toml:4\n"));
    assertThat(policies.read("p.toml")).startsWith("version = 1\n\n# added ");
  }

  @Test
  void rulesGoToTheAnswersElseToTheFirstPolicyElseToTheUsersOwn() throws Exception {
    assertThat(policies.run("add", "deny", "--host", "x.example").err())
        .isEqualTo("appaware: saved in DIR/config/appaware/policy.toml:4\n");
    assertThat(policies.run("add", "-p", "a.toml", "-p", "b.toml", "deny").err())
        .isEqualTo("appaware: saved in DIR/a.toml:4\n");
    assertThat(policies.run("add", "-p", "a.toml", "--answers", "c.toml", "deny").err())
        .isEqualTo("appaware: saved in DIR/c.toml:4\n");
    assertThat(policies.read("c.toml")).contains("id     = \"deny-everything-2\"\n");
    assertThat(dir.resolve("b.toml")).doesNotExist();
  }

  @Test
  void addSpeaksJsonAndCanWriteNothing() throws Exception {
    assertThat(policies.run("add", "-p", "p.toml", "--dry-run", "deny", "--address", "private"))
        .isEqualTo(
            new Result(
                0,
                """
                # added TIME by USER: `policy add`
                [[rule]]
                id      = "deny-private"
                action  = "deny"
                address = "private"
                """,
                ""));
    assertThat(dir.resolve("p.toml")).doesNotExist();

    assertThat(policies.run("add", "-p", "p.toml", "--json", "deny"))
        .isEqualTo(
            new Result(
                0,
                "{\"id\":\"deny-everything\",\"file\":\"DIR/p.toml\",\"line\":4,\"lines\":["
                    + "\"# added TIME by USER: `policy add`\",\"[[rule]]\",\"id     = \\\"deny-everything\\\"\","
                    + "\"action = \\\"deny\\\"\"]}\n",
                ""));
  }

  @Test
  void aRuleThatIsNoGoodIsRefusedAndNothingIsWritten() {
    assertRefused(
        "the rule would not be read: `x y` is not an id\n"
            + "  help: write 1 to 64 of the characters `A-Z`, `a-z`, `0-9`, `.`, `_`, `-`",
        "add",
        "deny",
        "--id",
        "x y");
    assertRefused(
        "the rule would not be read: the host is empty, so it matches nothing",
        "add",
        "allow",
        "--host",
        "");
    assertRefused(
        "invalid time `tomorrow`: expected e.g. TIME, 30d, 12h, 10m",
        "add",
        "deny",
        "--expires",
        "tomorrow");
    assertRefused(
        "unknown action `permit`: expected allow, deny or ask\n  help: see `appaware policy add --help`",
        "add",
        "permit");
    assertThat(dir.resolve("config")).doesNotExist();
  }

  @Test
  void everythingIsAllowedOnlyWhereTheUserSaysSo() throws Exception {
    String refusal =
        "a rule without a condition allows every event of every application\n"
            + "  help: add one, such as --host NAME; or say --everything";
    assertRefused(refusal, "add", "allow");
    assertRefused(refusal, "add", "allow", "--id", "x", "--expires", "1d", "--note", "n");
    assertRefused(
        "--everything is for a rule without conditions\n"
            + "  help: leave out --everything or the others",
        "add",
        "allow",
        "--everything",
        "--port",
        "443");
    assertThat(dir.resolve("config")).doesNotExist();

    assertThat(policies.run("add", "allow", "--everything").status()).isZero();
    assertThat(policies.run("add", "allow", "--app", "x").status()).isZero();
  }

  @Test
  void withoutAFileTheUsersOwnPolicyIsFormatted() throws Exception {
    policies.write("config/appaware/policy.toml", "version=1\n");
    assertThat(policies.run("fmt").out()).isEqualTo("DIR/config/appaware/policy.toml\n");
    assertThat(policies.read("config/appaware/policy.toml")).isEqualTo("version = 1\n");
  }

  @Test
  void expiryIsATimeOrATimeFromNow() throws Exception {
    policies.run("add", "-p", "p.toml", "deny", "--expires", "2100-01-01T01:00:00+01:00");
    assertThat(policies.read("p.toml")).contains("expires = 2100-01-01T00:00:00Z\n");
    assertThat(policies.run("add", "-p", "p.toml", "deny", "--expires", "30d").status()).isZero();
    assertThat(policies.run("list", "-p", "p.toml").out()).contains("in 29d").contains("in 26");
  }

  @Test
  void listShowsATable() throws Exception {
    policies.write("p.toml", RULES);

    Result result = policies.run("list", "-p", "p.toml");

    assertThat(result.status()).isZero();
    // The directory's name is longer than the word that stands for it here.
    String table =
        result
            .out()
            .replaceAll("WHERE +", "WHERE  ")
            .replaceAll(" +[0-9]+d ", "  AGE")
            .replaceAll("in [0-9]+d", "in TIME");
    assertThat(table)
        .isEqualTo(
            """
            ID   ACTION  WHAT                                                 APP      WHERE  AGE   EXPIRES
            one  allow   resolve,connect host=a.example,*.b.example port=443  billing  DIR/p.toml:7  AGE in TIME
            -    deny    address=private priority=5                           -        DIR/p.toml:17  AGE -
            all  ask     everything                                           -        DIR/p.toml:24  -     -
            """);
  }

  @Test
  void listFilters() throws Exception {
    policies.write("p.toml", RULES);
    policies.write("q.toml", "version = 1\n[[rule]]\nid = 'q'\naction = 'deny'\n");

    assertIds("one - all q");
    assertIds("one", "--app", "billing");
    assertIds("one", "--host", "a.example");
    assertIds("one", "--host", "x.B.example.");
    assertIds("", "--host", "b.example");
    assertIds("q", "--source", "q.toml");
    assertIds("one -", "--since", "2026-01-02T03:04:05Z");
    assertIds("-", "--since", "2026-01-02T03:04:06Z");
    assertIds("", "--since", "1h");
    assertIds("- one", "--recent");
  }

  @Test
  void recentAnswersSayWhoWroteThemAndWhatWasAsked() throws Exception {
    policies.write("p.toml", RULES);

    assertThat(policies.run("list", "-p", "p.toml", "--recent").out())
        .containsPattern("(?m)^ID   ACTION  WHAT .* AGE +BY +ASKED$")
        .containsPattern("(?m)^one  allow .* alice  connect tcp to a.example:443$")
        .containsPattern("(?m)^-    deny .* bob    `policy add`$");
  }

  @Test
  void listSpeaksJson() throws Exception {
    policies.write("p.toml", RULES);

    assertThat(policies.run("list", "-p", "p.toml", "--json").out())
        .isEqualTo(
            "{\"file\":\"DIR/p.toml\",\"line\":7,\"id\":\"one\",\"action\":\"allow\",\"app\":[\"billing\"],"
                + "\"event\":[\"resolve\",\"connect\"],\"host\":[\"a.example\",\"*.b.example\"],"
                + "\"port\":[\"443\"],\"expires\":\"2100-01-01T00:00:00Z\",\"when\":\"TIME\","
                + "\"who\":\"alice\",\"asked\":\"connect tcp to a.example:443\",\"comment\":"
                + "[\"# answered TIME by alice: connect tcp to a.example:443\"]}\n"
                + "{\"file\":\"DIR/p.toml\",\"line\":17,\"action\":\"deny\",\"address\":[\"private\"],"
                + "\"priority\":5,\"note\":\"no\",\"when\":\"TIME\",\"who\":\"bob\","
                + "\"asked\":\"`policy add`\",\"comment\":[\"# added TIME by bob: `policy add`\"]}\n"
                + "{\"file\":\"DIR/p.toml\",\"line\":24,\"id\":\"all\",\"action\":\"ask\","
                + "\"comment\":[\"# by hand\"]}\n");
  }

  @Test
  void aPolicyWithProblemsIsNotListed() throws Exception {
    policies.write("p.toml", "version = 2\n");
    assertRefused(
        "DIR/p.toml:1:1: version 2 is not supported by this version of appaware\n"
            + "            help: write `version = 1`",
        "list",
        "-p",
        "p.toml");
    assertRefused(
        "DIR/config/appaware/policy.toml: no such file\n"
            + "            help: relative names start from the working directory",
        "list");
  }

  @Test
  void aRuleIsRemovedByItsIdOrItsPlace() throws Exception {
    policies.write("p.toml", RULES);
    policies.write("q.toml", "version = 1\n");

    Result byId = policies.run("remove", "-p", "q.toml", "-p", "p.toml", "all");
    assertThat(byId)
        .isEqualTo(
            new Result(
                0,
                "# by hand\n[[rule]]\nid = \"all\"\naction = \"ask\"\n",
                "appaware: removed from DIR/p.toml\n"));
    assertThat(policies.read("p.toml")).isEqualTo(RULES.substring(0, RULES.indexOf("\n# by hand")));

    assertThat(policies.run("remove", "--json", "p.toml:17"))
        .isEqualTo(
            new Result(
                0,
                "{\"file\":\"DIR/p.toml\",\"lines\":[\"# added TIME by bob: `policy add`\","
                    + "\"[[rule]]\",\"action = \\\"deny\\\"\",\"address = \\\"private\\\"\","
                    + "\"priority = 5\",\"note = \\\"no\\\"\"]}\n",
                ""));
    assertThat(policies.read("p.toml")).isEqualTo(RULES.substring(0, RULES.indexOf("\n# added")));
  }

  @Test
  void aRuleThatIsNotThereIsNotRemoved() throws Exception {
    policies.write("p.toml", RULES);
    assertRefused(
        "no rule `none`\n  help: see `appaware policy list`", "remove", "-p", "p.toml", "none");
    assertRefused(
        "no `[[rule]]` at DIR/p.toml:3\n  help: see `appaware policy list`", "remove", "p.toml:3");
    assertRefused("DIR/q.toml: no such file", "remove", "q.toml:3");
    assertThat(policies.read("p.toml")).isEqualTo(RULES);
    assertThat(dir.resolve(".q.toml.lock")).doesNotExist();
  }

  @Test
  void fmtFormatsAndNamesWhatItChanged() throws Exception {
    policies.write("p.toml", "version=1");
    policies.write("q.toml", "version = 1\n");
    policies.write("r.toml", "version\n");

    assertThat(policies.run("fmt", "--check", "p.toml", "q.toml"))
        .isEqualTo(new Result(1, "DIR/p.toml\n", ""));
    assertThat(policies.read("p.toml")).isEqualTo("version=1");
    assertThat(policies.run("fmt", "--json", "p.toml", "q.toml"))
        .isEqualTo(
            new Result(
                0,
                """
                {"file":"DIR/p.toml","changed":true}
                {"file":"DIR/q.toml","changed":false}
                """,
                ""));
    assertThat(policies.read("p.toml")).isEqualTo("version = 1\n");
    assertThat(policies.run("fmt", "--check", "p.toml")).isEqualTo(new Result(0, "", ""));
    Result broken = policies.run("fmt", "r.toml", "q.toml");
    assertThat(broken.status()).isEqualTo(125);
    assertThat(broken.err()).startsWith("appaware: DIR/r.toml:1:8: unexpected ");
    assertThat(Files.readString(dir.resolve("r.toml"))).isEqualTo("version\n");
  }

  @Test
  void aCommandIsNeeded() {
    Result result = policies.run();
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .startsWith("Usage: appaware policy ")
        .endsWith("appaware: missing command\n  help: see `appaware policy --help`\n");
  }

  private void assertIds(String ids, String... options) {
    String[] all = new String[options.length + 5];
    System.arraycopy(new String[] {"list", "-p", "p.toml", "-p", "q.toml"}, 0, all, 0, 5);
    System.arraycopy(options, 0, all, 5, options.length);
    Result result = policies.run(all);
    assertThat(result.err()).isEmpty();
    assertThat(
            String.join(
                " ", result.out().lines().skip(1).map(line -> line.split(" ", 2)[0]).toList()))
        .isEqualTo(ids);
  }

  private void assertRefused(String message, String... arguments) {
    assertThat(policies.run(arguments))
        .isEqualTo(new Result(125, "", "appaware: " + message + "\n"));
  }
}
