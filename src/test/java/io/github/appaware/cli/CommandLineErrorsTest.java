package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users see of a wrong command line: their own words, and what is expected. */
class CommandLineErrorsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    return new CommandLineProgram(console, Map.of(), Path.of("/nowhere")).run(line.split(" ", -1));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "runn -- java|unknown command `runn`|did you mean `run`?",
        "runn --help|unknown command `runn`|did you mean `run`?",
        "--help runn|unknown command `runn`|did you mean `run`?",
        "it's|unknown command `it's`|see `appaware --help`",
        "java -jar app.jar|unknown command `java`|programs are started by `appaware run`",
        "--polcy x|unknown option `--polcy`|see `appaware --help`",
        "--versoin|unknown option `--versoin`|did you mean `--version`?",
        "run --polcy=it's java|unknown option `--polcy`|did you mean `--policy`?",
        "run --polcy p.toml --help|unknown option `--polcy`|did you mean `--policy`?",
        "run -x java|unknown option `-x`|see `appaware run --help`",
        "run --mode=it's java|unknown mode `it's`: expected ask, enforce, observe or audit|"
            + "see `appaware run --help`",
        "run --blind maybe java|unknown blind mode `maybe`: expected allow or deny|"
            + "see `appaware run --help`",
        "run --prompt tty java|unknown place to ask `tty`: expected terminal, console or none|"
            + "see `appaware run --help`",
        "run --log - java|invalid file `-` for --log: the standard output is the program's|"
            + "name a file: --log events.jsonl",
        "run --policy|missing FILE after `--policy`|see `appaware run --help`",
        "run --mode ask --mode ask java|more than one `--mode`|see `appaware run --help`",
        "policy ls|unknown command `ls`|did you mean `list`?",
        "policy ls --help|unknown command `ls`|did you mean `list`?",
        "policy rm x|unknown command `rm`|did you mean `remove`?",
        "policy c|unknown command `c`|see `appaware policy --help`",
        "policy|missing command|see `appaware policy --help`",
        "policy list x|unexpected argument `x`|see `appaware policy list --help`",
        "policy add|missing `ACTION`|see `appaware policy add --help`",
        "policy add permit|unknown action `permit`: expected allow, deny or ask|"
            + "see `appaware policy add --help`",
        "policy import --from squid x|unknown format `squid`: expected java-policy, opensnitch,"
            + " deno or harden-runner|see `appaware policy import --help`",
        "policy explain --local-port it's connect x|`it's` is not a port|write a number from 0 to"
            + " 65535, a range like `\"8000-8099\"`, or `\"ephemeral\"`",
        "server tokn --home x|unknown command `tokn`|did you mean `token`?",
        "server token|missing `--home DIR`, `--role ROLE`|see `appaware server token --help`",
        "enroll --token|missing `--token TOKEN`|see `appaware enroll --help`",
        "console --events some|unknown events `some`: expected denied, all or none|"
            + "see `appaware console --help`",
      })
  void whatIsWrongIsSaidInTheUsersWords(String line, String message, String help) {
    assertThat(run(line)).isEqualTo(125);
    assertThat(err.toString()).endsWith("appaware: " + message + "\n  help: " + help + "\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatWouldSteerTheTerminalIsEscaped() {
    assertThat(run("\u001b[2Jit's")).isEqualTo(125);
    assertThat(err.toString()).startsWith("appaware: unknown command `\\u001b[2Jit's`\n");
  }

  @Test
  void helpOfWhatThereIsStillHasNoError() {
    for (String line : new String[] {"--help", "policy --help", "policy add --help", "run -h"}) {
      assertThat(run(line)).as(line).isZero();
    }
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("Usage: appaware policy add [OPTIONS] ACTION");
  }

  @Test
  void everyProtocolIsNamedInTheHelp() {
    assertThat(run("policy add --help")).isZero();
    assertThat(out.toString()).contains("`tcp`, `udp`, `sctp` or `unix`");
  }
}
