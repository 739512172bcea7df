package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.e2e.KidAttackTable.Attack;
import io.github.appaware.target.KidAttacks;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.testkit.Witness;
import io.github.appaware.testkit.WitnessLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways of a program out of its JVM, all tried by one program: with {@code --blind deny} the witness
 * sees nothing, with {@code --blind allow} it sees those that are real, and either way each is a
 * line of the record.
 */
@Timeout(600)
@ExtendWith(ToolExtension.class)
class KidAttackIT {
  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void requireLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/exe")), "attacks of Linux");
    assumeTrue(Files.exists(Path.of("/bin/bash")), "no bash, which connects by itself");
  }

  private List<Attack> attacks(Jdk jdk, Witness witness) throws Exception {
    Path files = Files.createDirectories(directory.toRealPath().resolve("attacks"));
    Path library = WitnessLibrary.of(files, witness.port()).copy("out");
    return new KidAttackTable(new KidAttackFiles(files, library), jdk, witness.port()).all();
  }

  /** A debugger listens for what it starts. */
  private Dialog talk(Jdk jdk, String blind) throws IOException {
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        unknown = 'deny'
        [[rule]]
        action = 'allow'
        event = ['bind', 'listen']
        """);
    return tool.talk(
        "run",
        "-q",
        "--blind",
        blind,
        "-p",
        "p.toml",
        "--log",
        "e.jsonl",
        "--",
        jdk.java(),
        "-cp",
        directory.toRealPath().resolve("attacks/kid.jar").toString(),
        KidAttacks.class.getName());
  }

  /** How many blind events with this verdict there are by now. */
  private int recorded(String verdict) throws IOException {
    int lines = 0;
    for (String line : Files.readAllLines(directory.resolve("e.jsonl"))) {
      boolean blind = Json.text(line, "event").equals("blind");
      lines += blind && Json.text(line, "verdict").equals(verdict) ? 1 : 0;
    }
    return lines;
  }

  @TestOnEachJdk
  void noneGetsOutThatIsDenied(Jdk jdk) throws Exception {
    SoftAssertions each = new SoftAssertions();
    try (Witness witness = new Witness()) {
      List<Attack> attacks = attacks(jdk, witness);
      assertThat(attacks).hasSizeGreaterThan(60);
      try (Dialog dialog = talk(jdk, "deny")) {
        int before = 0;
        for (Attack attack : attacks) {
          String said = dialog.say(attack.line());

          int now = recorded("deny");
          each.assertThat(witness.visits()).as(attack + ": " + said).isZero();
          each.assertThat(now).as("lines for " + attack + ": " + said).isGreaterThan(before);
          each.assertThat(said)
              .as(attack.name())
              .containsAnyOf(
                  "appaware: ",
                  "UnsatisfiedLinkError",
                  "Initialization failed",
                  "Unexpected exception");
          before = now;
        }
        assertThat(dialog.end()).as(dialog.err()).isZero();
      }
      each.assertAll();
      // The link that changes also started JVMs with an option that they don't know: one line.
      assertThat(recorded("allow")).isLessThan(2);
    }
  }

  @TestOnEachJdk
  @ShowsLimit("native code, `java.lang.foreign`, agents")
  void eachThatIsAllowedIsRecorded(Jdk jdk) throws Exception {
    SoftAssertions each = new SoftAssertions();
    try (Witness witness = new Witness()) {
      List<Attack> attacks = attacks(jdk, witness);
      try (Dialog dialog = talk(jdk, "allow")) {
        int before = 0;
        for (Attack attack : attacks) {
          int stray = witness.visits(); // a second one of the attack before
          String said = dialog.say(attack.line());

          int now = recorded("allow");
          each.assertThat(now).as("lines for " + attack + ": " + said).isGreaterThan(before);
          before = now;
          if (attack.getsOut()) { // its child may outlive the line
            Await.until(
                () -> attack + ", after " + stray + " stray visits: " + said,
                () -> witness.visits() > 0);
          }
        }
      }
      each.assertAll();
    }
  }
}
