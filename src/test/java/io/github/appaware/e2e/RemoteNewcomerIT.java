package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way from nothing to a remote server that asks, as the README has it: its own lines, typed
 * into shells on three terminals, by following what the screens say.
 */
@Timeout(300)
class RemoteNewcomerIT {
  private static final String SECTION = "\n## A server for other hosts\n";
  private static final Pattern PROMPT = Pattern.compile("(?m)^(\\^C)?\\$( |$)");
  private static final String CTRL_D = "\u0004";

  /** The only thing in the README's lines that a machine with other servers may not have. */
  private static final String PORT = "7443";

  @TempDir Path directory;

  /** A shell on a terminal of its own; all of them are the same user's. */
  private final class Shell implements Closeable {
    final Pty pty;
    private int prompts;

    Shell(String name) throws Exception {
      Path own = Files.createDirectories(directory.resolve(name));
      Tool tool =
          new Tool(own)
              .with("HOME", home().toString())
              .with("XDG_CONFIG_HOME", home().resolve(".config").toString())
              .with("PATH", Tool.SCRIPT.getParent() + ":" + java() + ":" + System.getenv("PATH"))
              .with("PS1", "$ ")
              .with("ENV", "");
      pty = new Pty(tool, own, "(cd ~; exec sh -i)");
      awaitPrompt();
    }

    /** Types a line, with Enter behind it. */
    void type(String line) throws IOException {
      pty.type(line + Pty.ENTER);
    }

    /** Waits until the shell takes another line. */
    void awaitPrompt() throws InterruptedException {
      prompts++;
      pty.awaitThat(
          "prompt of the shell", shown -> PROMPT.matcher(shown.all()).results().count() == prompts);
    }

    /** Everything so far; what the terminal broke at its edge is one line, as when it is copied. */
    String text() {
      return pty.all().replaceAll("(?m)^(.{" + Pty.COLUMNS + "})\n", "$1");
    }

    /** The same, from the last line on that has this. */
    String since(String line) {
      String text = text();
      return text.substring(text.lastIndexOf(line));
    }

    @Override
    public void close() {
      pty.close();
    }
  }

  private Path home() {
    return directory.resolve("home");
  }

  private static Path java() {
    return Path.of(Jdk.running().java()).getParent();
  }

  /** The lines of the section's first block, comments and all: the shell takes them. */
  private static List<String> commands() throws IOException {
    String readme = Files.readString(Tool.HOME.resolve("README.md"));
    String section = readme.substring(readme.indexOf(SECTION));
    int begin = section.indexOf("```console\n");
    return section
        .substring(begin, section.indexOf("\n```\n", begin))
        .lines()
        .filter(line -> line.startsWith("$ "))
        .map(line -> line.substring(2))
        .toList();
  }

  /** Under which name it enrols. */
  private static String machine() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  private static String plain(String command) {
    return command.replaceFirst(" +#.*", "");
  }

  private static String token(String text, String role) {
    return Pattern.compile("--token (" + role + "\\S+)")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no token for an " + role + ":\n" + text));
  }

  @Test
  void theReadmesSixCommandsLeadFromNothingToAnAnsweredQuestion() throws Exception {
    Files.createDirectories(home());
    Programs.jar(home().resolve("app.jar"), Steps.class);
    List<String> commands = commands();
    assertThat(commands).hasSize(6).allMatch(line -> line.startsWith("appaware "));
    String port = String.valueOf(Ports.free());
    List<String> lines = commands.stream().map(line -> line.replace(PORT, port)).toList();

    try (Listener listener = new Listener();
        Shell server = new Shell("server");
        Shell host = new Shell("host");
        Shell operator = new Shell("operator")) {
      server.type(lines.get(0));
      server.awaitPrompt();
      String made = server.text();
      String forAgent = token(made, "agent");
      String forOperator = token(made, "operator");
      // What is printed is what the README has.
      assertThat(made)
          .contains("\n" + plain(commands.get(1)) + "\n")
          .contains("\n" + plain(commands.get(2)).replace("AGENT-TOKEN", forAgent) + "\n")
          .contains("\n" + plain(commands.get(3)).replace("OPERATOR-TOKEN", forOperator) + "\n");

      server.type(lines.get(1));
      server.pty.await("appaware: serving at tls://localhost:" + port);

      host.type(lines.get(2).replace("AGENT-TOKEN", forAgent));
      host.awaitPrompt();
      assertThat(host.text())
          .contains("appaware: enrolled at tls://localhost:" + port)
          .contains("appaware: next: " + plain(lines.get(5)) + "\n");

      operator.type(lines.get(3).replace("OPERATOR-TOKEN", forOperator));
      operator.awaitPrompt();
      assertThat(operator.text())
          .contains("appaware: enrolled at tls://localhost:" + port)
          .contains("appaware: next: " + plain(lines.get(4)) + "\n");
      operator.type(lines.get(4));

      String step = "connect localhost " + listener.port();
      String endpoint = "localhost:" + listener.port();
      host.type(lines.get(5));
      operator.pty.awaitTold(": java -jar app.jar");
      operator.pty.awaitTold("questions are shown here; Ctrl-C leaves the console");
      host.type(step);
      operator.pty.awaitQuestion("connect tcp to " + endpoint);
      assertThat(operator.pty.screen())
          .contains("machine      " + machine() + "\n")
          .contains("application  app.jar, ", ", sha256 ")
          .contains("from         app.jar");
      answerAlways(operator.pty);
      host.pty.awaitTold("connected " + listener.port());
      assertThat(listener.connections()).isOne();
      host.pty.type(CTRL_D);
      host.awaitPrompt();
      String waits = "appaware: connect tcp to " + endpoint + " waits for an operator of the";
      assertThat(host.since(lines.get(5)))
          .matches(
              Pattern.quote(lines.get(5) + "\n" + step + "\n" + waits)
                  + " decision server, up to \\d+ s\n"
                  + Pattern.quote(
                      "connected " + listener.port() + "\nappaware: 1 allowed, 0 denied\n$"));
      // Only now is it on the disk; the application did not wait for that.
      operator.pty.awaitThat(
          "that it is saved", pty -> operator.text().contains("- saved as rule"));
      assertThat(operator.text())
          .contains("appaware: allowed always: connect tcp to " + endpoint + " on " + machine());

      Path policy = home().resolve("srv/policy.toml");
      assertThat(Files.readString(policy))
          .contains("file   = \"app.jar\"", "host     = \"localhost\"", "port     = ");
      String saved = Files.readString(policy);
      int asked = questions(operator.pty);

      host.type(lines.get(5));
      host.type(step);
      host.pty.awaitThat(
          "another connection",
          pty -> host.since(lines.get(5)).contains("\nconnected " + listener.port()));
      host.pty.type(CTRL_D);
      host.awaitPrompt();
      // The rule that names the peer is the server's; the run's own policy has none.
      assertThat(host.since(lines.get(5)))
          .contains("\nappaware: 1 allowed, 0 denied\nappaware: warning: 1 event reached");
      assertThat(listener.connections()).isOne();
      assertThat(questions(operator.pty)).isEqualTo(asked);
      assertThat(policy).hasContent(saved);

      host.type(lines.get(5));
      host.type("connect 127.0.0.2 " + listener.port());
      operator.pty.awaitQuestion("connect tcp to 127.0.0.2");
      long left = System.nanoTime();
      operator.pty.type(Pty.CTRL_C);
      operator.awaitPrompt();
      host.pty.awaitTold("no one to ask: events that the policy does not decide are denied");
      assertThat(System.nanoTime() - left)
          .as("who leaves is not waited for, as one whose connection broke is")
          .isLessThan(TimeUnit.SECONDS.toNanos(9));
      host.pty.type(CTRL_D);
      host.awaitPrompt();
      server.pty.type(Pty.CTRL_C);
      server.awaitPrompt();
      for (Shell each : List.of(operator, host, server)) {
        each.type("exit 0");
        assertThat(each.pty.end()).as(each.text()).isZero();
        assertThat(each.pty.modesAfter()).isEqualTo(each.pty.modesBefore());
      }
    }
  }

  /** How often one was drawn. */
  private static int questions(Pty pty) {
    return pty.raw().split("appaware asks", -1).length;
  }

  private static void answerAlways(Pty pty) throws Exception {
    pty.type("w");
    pty.await("[Enter] save, and allow always");
    pty.type(Pty.ENTER);
  }
}
