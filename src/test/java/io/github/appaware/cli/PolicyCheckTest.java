package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.Policies.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckTest {
  @TempDir Path dir;
  private Policies policies;

  @BeforeEach
  void prepare() throws Exception {
    policies = new Policies(dir);
    policies.write("good.toml", "version = 1\n");
    policies.write(
        "warned.toml",
        """
        version = 1
        [[rule]]
        action = "allow"
        app = "billing"
        expires = 2020-01-01T00:00:00Z
        """);
    policies.write("apps.toml", "version = 1\n[[app]]\nid = 'billing'\nfile = 'b.jar'\n");
    policies.write(
        "bad.toml",
        """
        version = 1
        include = "more.toml"
        [[rule]]
        host-list = "names.txt"
        prot = 1
        """);
    policies.write("more.toml", "version = 1\ninclude = 'none.toml'\n");
    policies.write("names.txt", "# names\nhttp://b.example/\n");
  }

  @Test
  void aGoodPolicyIsSaidToBeGood() {
    assertThat(policies.run("check", "good.toml"))
        .isEqualTo(new Result(0, "", "appaware: 1 file, no problems, no warnings\n"));
  }

  @Test
  void warningsAreShownAndDoNotChangeTheStatus() {
    assertThat(policies.run("check", "good.toml", "warned.toml"))
        .isEqualTo(
            new Result(
                0,
                """
                DIR/warned.toml:2:1: warning: the rule has expired (TIME)
                  2 | [[rule]]
                    | ^
                  help: remove it
                DIR/warned.toml:4:1: warning: no `[[app]]` has the id `billing`
                  4 | app = "billing"
                    | ^
                  help: define it, or the rule can never match
                """,
                "appaware: 2 files, no problems, 2 warnings\n"));
  }

  @Test
  void allProblemsOfAllFilesAreShownThoseOfIncludedFilesAndHostListsToo() {
    assertThat(policies.run("check", "bad.toml", "good.toml", "warned.toml", "more.toml"))
        .isEqualTo(
            new Result(
                1,
                """
                DIR/bad.toml:3:1: `action` is missing
                  3 | [[rule]]
                    | ^
                  help: write `action = "allow"`, `"deny"` or `"ask"`
                DIR/bad.toml:5:1: unknown key `prot`
                  5 | prot = 1
                    | ^
                  help: did you mean `port`?
                DIR/names.txt:2:1: `http://b.example/` is a URL, not a host name
                  2 | http://b.example/
                    | ^
                  help: write the host alone: `b.example`
                DIR/more.toml:2:1: the file `none.toml` can't be used: no such file
                  2 | include = 'none.toml'
                    | ^
                  help: relative names start from the directory of `DIR/more.toml`
                DIR/warned.toml:2:1: warning: the rule has expired (TIME)
                  2 | [[rule]]
                    | ^
                  help: remove it
                DIR/warned.toml:4:1: warning: no `[[app]]` has the id `billing`
                  4 | app = "billing"
                    | ^
                  help: define it, or the rule can never match
                """,
                "appaware: 4 files, 4 problems, 2 warnings\n"));
  }

  @Test
  void aLineOfAListThatIsLeftOutIsAWarningAndAProblemWhereTheUserSaysSo() throws Exception {
    policies.write("junk.toml", "version = 1\n[[rule]]\naction = 'deny'\nhost-list = 'junk.txt'\n");
    policies.write("junk.txt", "a.example\n0.0.0.0 id@b.example\n0.0.0.0 c.example\n");
    String warning =
        """
        DIR/junk.txt:2:9: warning: no host name has the character `@` of `id@b.example`; left out
          2 | 0.0.0.0 id@b.example
            |         ^
        """;
    String count = "appaware: 1 file, no problems, 1 warning\n";

    assertThat(policies.run("check", "junk.toml")).isEqualTo(new Result(0, warning, count));
    assertThat(policies.run("check", "--strict", "junk.toml"))
        .isEqualTo(new Result(1, warning, count));
    assertThat(policies.run("check", "--strict", "good.toml").status()).isZero();
  }

  @Test
  void filesThatAreOnePolicyAreCheckedAsOne() {
    Result result = policies.run("check", "--merged", "warned.toml", "apps.toml");

    assertThat(result.out())
        .isEqualTo(
            """
            DIR/warned.toml:2:1: warning: the rule has expired (TIME)
              2 | [[rule]]
                | ^
              help: remove it
            """);
    assertThat(result.status()).isZero();
  }

  @Test
  void programsGetOneObjectForEachProblem() {
    assertThat(policies.run("check", "--json", "bad.toml", "warned.toml", "none.toml"))
        .isEqualTo(
            new Result(
                1,
                """
                {"file":"DIR/bad.toml","line":3,"column":1,"severity":"error","problem":"`action` is missing","help":"write `action = \\"allow\\"`, `\\"deny\\"` or `\\"ask\\"`"}
                {"file":"DIR/bad.toml","line":5,"column":1,"severity":"error","problem":"unknown key `prot`","help":"did you mean `port`?"}
                {"file":"DIR/names.txt","line":2,"column":1,"severity":"error","problem":"`http://b.example/` is a URL, not a host name","help":"write the host alone: `b.example`"}
                {"file":"DIR/more.toml","line":2,"column":1,"severity":"error","problem":"the file `none.toml` can't be used: no such file","help":"relative names start from the directory of `DIR/more.toml`"}
                {"file":"DIR/warned.toml","line":2,"column":1,"severity":"warning","problem":"the rule has expired (TIME)","help":"remove it"}
                {"file":"DIR/warned.toml","line":4,"column":1,"severity":"warning","problem":"no `[[app]]` has the id `billing`","help":"define it, or the rule can never match"}
                {"file":"DIR/none.toml","severity":"error","problem":"no such file","help":"relative names start from the working directory"}
                """,
                ""));
  }

  @Test
  void withoutAFileTheUsersOwnPolicyIsChecked() throws Exception {
    assertThat(policies.run("check").out())
        .isEqualTo(
            """
            DIR/config/appaware/policy.toml: no such file
              help: relative names start from the working directory
            """);

    policies.write("config/appaware/policy.toml", "version = 2\n");
    assertThat(policies.run("check").out())
        .startsWith("DIR/config/appaware/policy.toml:1:1: ")
        .contains("  1 | version = 2\n    | ^\n");
    policies.write("config/appaware/policy.toml", "version = 1\n");
    assertThat(policies.run("check"))
        .isEqualTo(new Result(0, "", "appaware: 1 file, no problems, no warnings\n"));
  }

  @Test
  void ofALongLineThePartAroundTheProblemIsShown() throws Exception {
    policies.write(
        "long.toml",
        "version = 1\n[[rule]]\naction = 'deny'\n\thost = ['%s', '日本.example', 7, '%s']\n"
            .formatted("a".repeat(50), "b".repeat(50)));

    assertThat(policies.run("check", "long.toml").out())
        .contains(
            """
              4 | ...aaaaaaaaaaaaaaaaaaa', '日本.example', 7, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...
                |                                          ^
            """);
  }
}
