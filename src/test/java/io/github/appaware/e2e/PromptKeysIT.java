package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each key does: to the waiting events, the rest of the run, the policy and the next run. */
@ExtendWith(ToolExtension.class)
class PromptKeysIT {
  private static final String POLICY =
      """
      version = 1
      [[app]]
      id = 'crowd'
      file = 'crowd.jar'
      [[rule]]
      id = 'names'
      action = 'allow'
      event = 'resolve'
      [[rule]]
      id = 'web'
      action = 'allow'
      event = 'connect'
      host = 'd.shop.example'
      port = 443
      """;
  private static final String OPTIONS = "-p p.toml --answers answers.toml";

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    PromptRun.prepare(
        directory,
        "a.shop.example",
        "b.shop.example",
        "c.shop.example",
        "d.shop.example",
        "e.shop.example",
        "f.shop.example",
        "g.shop.example",
        "one.example",
        "two.example");
    Files.writeString(directory.resolve("p.toml"), POLICY);
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private String to(String host) {
    return "it connect " + host + " " + listener.port();
  }

  private String allowed() {
    return "it connected " + listener.port();
  }

  private String denied(String host) {
    return "it ConnectException: appaware: connect tcp to "
        + host
        + ":"
        + listener.port()
        + " denied by an answer of "
        + System.getProperty("user.name");
  }

  private void ask(PromptRun run, String host) throws Exception {
    run.pty.awaitNone();
    run.tell(to(host));
    run.pty.awaitQuestion("connect tcp to " + host + ":" + listener.port());
  }

  private String answered(PromptRun run, String host, String... keys) throws Exception {
    ask(run, host);
    for (String key : keys) {
      run.pty.type(key);
    }
    return run.hear();
  }

  /** A key that another program has the terminal type can't be told from a person's. */
  @Test
  @ShowsLimit("keys pressed during a question")
  void theUsualAnswersAreOneKeyEach() throws Exception {
    try (PromptRun run = new PromptRun(tool, directory, "", OPTIONS)) {
      assertThat(answered(run, "a.shop.example", "d")).isEqualTo(denied("a.shop.example"));
      assertThat(answered(run, "a.shop.example", Pty.ENTER)).isEqualTo(denied("a.shop.example"));
      assertThat(answered(run, "a.shop.example", "a")).isEqualTo(allowed());
      assertThat(answered(run, "a.shop.example", "r")).isEqualTo(allowed());
      assertThat(run.say(to("a.shop.example"))).isEqualTo(allowed());

      ask(run, "b.shop.example");
      assertThat(run.pty.screen()).doesNotContain("leave it to others");
      run.pty.type("x");
      run.pty.await("no one else is asked: answer here");
      run.pty.type(Pty.ESCAPE);
      run.pty.awaitQuestion("b.shop.example");
      run.pty.type("w");
      run.pty.await("[Enter] save, and allow always  [Esc] back");
      assertThat(run.pty.screen()).contains("to be added to answers.toml:");
      run.pty.type(Pty.ESCAPE);
      run.pty.awaitQuestion("b.shop.example");
      assertThat(directory.resolve("answers.toml")).doesNotExist();
      run.pty.type("w");
      run.pty.await("[Enter] save, and allow always");
      run.pty.type(Pty.ENTER);
      assertThat(run.hear()).isEqualTo(allowed());

      ask(run, "c.shop.example");
      run.pty.type("n");
      run.pty.await("[Enter] save, and deny always");
      run.pty.type(Pty.ENTER);
      assertThat(run.hear()).isEqualTo(denied("c.shop.example"));
      run.pty.awaitTold("denied always: connect tcp to c.shop.example");

      ask(run, "d.shop.example");
      run.pty.type("?");
      run.pty.await("processes, outermost first:");
      assertThat(run.pty.screen())
          .contains("rules that nearly match:")
          .contains("rule \"web\" (p.toml:9) says allow, but `port` is 443")
          .contains("processes, outermost first:")
          .contains("path " + directory, "SHA-256 ");
      run.pty.type(Pty.DOWN.repeat(99));
      run.pty.await("io.github.appaware.target.Crowd.connect:");
      run.pty.type(Pty.ESCAPE);
      run.pty.awaitQuestion("d.shop.example");
      run.pty.type("D");
      run.pty.await("[y] yes");
      run.pty.type(Pty.ESCAPE);
      run.pty.awaitQuestion("d.shop.example");
      run.pty.type("D");
      run.pty.await("[y] yes");
      run.pty.type("y");
      assertThat(run.hear()).isEqualTo(denied("d.shop.example"));
      assertThat(run.say(to("e.shop.example"))).isEqualTo(denied("e.shop.example"));
      assertThat(run.say(to("b.shop.example"))).isEqualTo(allowed());

      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
      assertThat(listener.connections()).isEqualTo(5);
    }
    String rules =
        """
        version = 1

        # answered TIME by ME: connect tcp to b.shop.example:%1$d
        [[rule]]
        id       = "allow-connect-b.shop.example-%1$d"
        action   = "allow"
        app      = "crowd"
        event    = ["resolve", "connect"]
        host     = "b.shop.example"
        port     = %1$d
        protocol = "tcp"
        peer     = "java"

        # answered TIME by ME: connect tcp to c.shop.example:%1$d
        [[rule]]
        id       = "deny-connect-c.shop.example-%1$d"
        action   = "deny"
        app      = "crowd"
        event    = "connect"
        host     = "c.shop.example"
        port     = %1$d
        protocol = "tcp"
        """
            .formatted(listener.port());
    assertThat(PromptRun.plain(directory.resolve("answers.toml"))).isEqualTo(rules);

    try (PromptRun run = new PromptRun(tool, directory, "", OPTIONS)) {
      assertThat(run.say(to("b.shop.example"))).isEqualTo(allowed());
      assertThat(run.say(to("c.shop.example")))
          .contains("denied by rule \"deny-connect-c.shop.example-");
      assertThat(run.end()).isZero();
      assertThat(run.pty.raw()).doesNotContain("asks");
    }
  }

  /** From the first question on: what is chosen by arrows, digits, Tab and letters. */
  @Test
  void theMenuReachesEveryScopeAndEveryTime() throws Exception {
    Instant start = Instant.now();
    try (PromptRun run = new PromptRun(tool, directory, "", OPTIONS);
        Listener other = new Listener("0.0.0.0")) {
      menu(run, "a.shop.example", Pty.DOWN, "[once]");
      run.pty.type(Pty.RIGHT);
      run.pty.await("[this run]");
      run.pty.type(Pty.RIGHT);
      run.pty.await("[15 minutes]");
      save(run, "allow until 2");
      assertThat(run.hear()).isEqualTo(allowed());

      menu(run, "b.shop.example", "s", "[once]");
      run.pty.type("2" + Pty.RIGHT + Pty.RIGHT + Pty.RIGHT);
      run.pty.await("[1 hour]");
      assertThat(run.pty.screen()).contains("> 2 b.shop.example, any port");
      save(run, "allow until 2");
      assertThat(run.hear()).isEqualTo(allowed());
      assertThat(run.say("it connect b.shop.example " + other.port()))
          .isEqualTo("it connected " + other.port());

      menu(run, "c.shop.example", "\t", "[once]");
      run.pty.type(Pty.DOWN + Pty.DOWN + Pty.LEFT + Pty.LEFT);
      run.pty.await("[until ...]");
      assertThat(run.pty.screen()).contains("> 3 shop.example and all names below it, any port");
      run.pty.type(Pty.ENTER);
      run.pty.await("until    _");
      run.pty.type("2099-12-310\u007f");
      run.pty.await("until    2099-12-31_  = 2100-01-01 00:00");
      save(run, "allow until 2100-01-01 00:00");
      assertThat(run.hear()).isEqualTo(allowed());
      assertThat(run.say(to("d.shop.example"))).isEqualTo(allowed());

      menu(run, "one.example", Pty.UP, "[once]");
      run.pty.type(Pty.UP + Pty.UP + Pty.LEFT + "d");
      run.pty.await("[always]");
      assertThat(run.pty.screen())
          .contains("answer    allow   [deny]", "> 4 code of the library crowd.jar, to anywhere");
      save(run, "deny always");
      assertThat(run.hear()).isEqualTo(denied("one.example"));
      run.pty.awaitTold("denied always: connect tcp to one.example");
      assertThat(run.say(to("two.example"))).contains("denied by rule \"deny-");

      assertThat(run.end()).isZero();
      assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
    }
    List<Instant> ends =
        Pattern.compile("expires *= (\\S+)")
            .matcher(Files.readString(directory.resolve("answers.toml")))
            .results()
            .map(found -> Instant.parse(found.group(1)))
            .toList();
    assertThat(Duration.between(ends.get(0), start.plus(Duration.ofMinutes(15))).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(Duration.between(ends.get(1), start.plus(Duration.ofHours(1))).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(ends.get(2).atZone(ZoneId.systemDefault()).toLocalDate()).isEqualTo("2100-01-01");
    String rules =
        """
        version = 1

        # answered TIME by ME: connect tcp to a.shop.example:%1$d
        [[rule]]
        id       = "allow-connect-a.shop.example-%1$d"
        action   = "allow"
        app      = "crowd"
        event    = ["resolve", "connect"]
        host     = "a.shop.example"
        port     = %1$d
        protocol = "tcp"
        peer     = "java"
        expires  = %2$s

        # answered TIME by ME: connect tcp to b.shop.example:%1$d
        [[rule]]
        id      = "allow-b.shop.example"
        action  = "allow"
        app     = "crowd"
        event   = ["resolve", "connect", "send"]
        host    = "b.shop.example"
        expires = %3$s

        # answered TIME by ME: connect tcp to c.shop.example:%1$d
        [[rule]]
        id      = "allow-shop.example"
        action  = "allow"
        app     = "crowd"
        event   = ["resolve", "connect", "send"]
        host    = ["shop.example", "*.shop.example"]
        expires = %4$s

        # answered TIME by ME: connect tcp to one.example:%1$d
        [[rule]]
        id     = "deny-jar-crowd.jar"
        action = "deny"
        app    = "crowd"
        event  = ["resolve", "connect", "send"]
        origin = "jar:crowd.jar"
        """
            .formatted(listener.port(), ends.get(0), ends.get(1), ends.get(2));
    assertThat(PromptRun.plain(directory.resolve("answers.toml"))).isEqualTo(rules);
    try (PromptRun run = new PromptRun(tool, directory, "", OPTIONS)) {
      assertThat(run.say(to("two.example"))).contains("denied by rule \"deny-jar-crowd.jar\"");
      // A denial goes before what is allowed.
      assertThat(run.say(to("e.shop.example"))).contains("denied by rule \"deny-jar-crowd.jar\"");
      assertThat(run.end()).isZero();
      assertThat(run.pty.raw()).doesNotContain("asks");
    }
  }

  private void menu(PromptRun run, String host, String key, String then) throws Exception {
    ask(run, host);
    run.pty.type(key);
    run.pty.await("how long " + then);
  }

  private static void save(PromptRun run, String answer) throws Exception {
    run.pty.type(Pty.ENTER);
    run.pty.await("[Enter] save, and " + answer);
    run.pty.type(Pty.ENTER);
  }

  /** What is good for this run alone is written nowhere, and the next run asks again. */
  @Test
  void anAnswerForThisRunIsForgottenWithIt() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (PromptRun run = new PromptRun(tool, directory, "", OPTIONS)) {
        menu(run, "one.example", Pty.LEFT, "[once]");
        run.pty.type("5" + Pty.RIGHT);
        run.pty.await("[this run]");
        assertThat(run.pty.screen()).contains("> 5 the whole program crowd, to anywhere");
        run.pty.type(Pty.ENTER);
        assertThat(run.hear()).isEqualTo(allowed());
        assertThat(run.say(to("two.example"))).isEqualTo(allowed());
        assertThat(run.end()).isZero();
      }
      assertThat(directory.resolve("answers.toml")).doesNotExist();
    }
  }
}
