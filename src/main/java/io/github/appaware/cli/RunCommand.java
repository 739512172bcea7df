package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.Launcher;
import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.launch.RunOptions;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.wire.ServerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware run}. */
@Command(
    name = "run",
    description = "Run a program under a policy.",
    synopsisHeading = "",
    customSynopsis = "Usage: appaware run [OPTIONS] [--] COMMAND [ARGUMENT...]",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  the program's own, or 128+n when signal n ended it",
      "  120  with --fail-on-denied: it ended with 0, but something was denied",
      "  125  appaware itself failed: nothing was run, or it was stopped",
      "  126  the command was found but can't be executed",
      "  127  the command was not found"
    })
final class RunCommand implements Callable<Integer> {
  private static final int DENIED = 120;

  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "FILE",
      description =
          "A policy. Several are merged. Without this option: appaware/policy.toml in the user's"
              + " configuration directory.")
  private List<Path> policies = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description = {
        "What becomes of an event that no rule decides: `ask` follows the policy's default, and asks"
            + " you where that is `ask`; `enforce` denies it there; `observe` lets it pass and"
            + " records it. Default: ask where there is somebody to ask, else enforce."
      })
  private Mode mode;

  @Option(
      names = "--prompt",
      paramLabel = "WHERE",
      defaultValue = "terminal",
      converter = WhereConverter.class,
      description = {
        "Where questions are asked: on this `terminal`; only on a `console` (see appaware console),"
            + " for programs that fill the screen; on `none`. Default: ${DEFAULT-VALUE}, but none if"
            + " there is no terminal or the variable CI is set."
      })
  private Where where;

  @Option(names = "--no-prompt", description = "The same as --prompt none.")
  private boolean noPrompt;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = {
        "Where answers are kept; part of the policy. It need not be there yet. Default: the first"
            + " --policy, else appaware/policy.toml in the user's configuration directory."
      })
  private Path answers;

  @Option(
      names = "--blind",
      paramLabel = "WHAT",
      defaultValue = "allow",
      converter = BlindConverter.class,
      description = {
        "What becomes of what leaves appaware's sight: native libraries and functions, programs"
            + " that are not Java, attaching to other JVMs. `allow` records it, `deny` refuses it."
            + " Default: ${DEFAULT-VALUE}."
      })
  private BlindMode blind;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Append every event with its verdict and reason to FILE, as JSON Lines.")
  private Path log;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = {
        "A remote server that must allow what this run does: tls://HOST:PORT, several with commas"
            + " between them are tried in turn. See appaware enroll. A --policy can then be stricter"
            + " than the server's, never laxer."
      })
  private String server;

  @Option(
      names = "--offline-grace",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = {
        "How long verdicts that were given stay good while the remote server is away: `30s`, `5m`."
            + " All else is denied meanwhile. Default: ${DEFAULT-VALUE}."
      })
  private String offlineGrace;

  @Option(
      names = "--fail-on-denied",
      description = "Exit with 120 when the program ends with 0 but something was denied.")
  private boolean failOnDenied;

  @Option(
      names = {"-q", "--quiet"},
      description = "No summary at the end.")
  private boolean quiet;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "What to run, as without appaware: `java -jar app.jar`, `./gradlew test`.")
  private List<String> command = new ArrayList<>();

  RunCommand(Console console, Map<String, String> environment, Path directory) {
    this.console = console;
    this.environment = environment;
    this.directory = directory;
  }

  @Override
  public Integer call() {
    try {
      settle();
      PromptMode asking = new PromptMode(console, where == Where.TERMINAL);
      Launcher launcher =
          new Launcher(
              Installation.find(environment),
              ServerMain.class.getName(),
              environment,
              directory,
              asking::tell,
              mode == Mode.ASK && where != Where.NONE ? asking : QuestionHandler.NOBODY);
      List<Path> files = policies();
      Path kept = answers != null || !files.isEmpty() ? answers : userPolicy();
      RunOutcome outcome =
          launcher.run(
              new RunOptions(command, files, kept, mode, blind, absolute(log), upstream()));
      if (!quiet) {
        Path shown = kept != null ? kept : files.get(0);
        Summary.of(outcome, shown).forEach(console::tell);
      }
      return failOnDenied && outcome.status() == 0 && outcome.denied() > 0
          ? DENIED
          : outcome.status();
    } catch (LaunchException e) {
      console.fail(e.getMessage(), e.help());
      return e.status();
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    }
  }

  /** Decides what the options leave open. */
  private void settle() {
    boolean ci = !environment.getOrDefault("CI", "").isEmpty();
    if (noPrompt || (where == Where.TERMINAL && (ci || !ControllingTerminal.exists()))) {
      where = Where.NONE;
    }
    if (mode == null) {
      mode = where == Where.NONE ? Mode.ENFORCE : Mode.ASK;
    }
    if (mode == Mode.OBSERVE) {
      console.tell("observe mode: events that no rule denies are allowed and recorded");
    }
  }

  private List<Path> policies() throws UsageException {
    if (command.isEmpty()) {
      throw new UsageException(
          "missing command", "write it after `--`: appaware run -- java -jar app.jar");
    }
    if (!policies.isEmpty()) {
      return policies;
    }
    if (server != null) {
      return List.of(); // the server's is enough
    }
    Path own = userPolicy();
    if (Files.exists(own)) {
      return List.of(own);
    }
    if (mode != Mode.ENFORCE || (answers != null && Files.exists(answers))) {
      return List.of(); // it begins with the first answer
    }
    if (command.contains("--policy") || command.contains("-p")) {
      throw new UsageException(
          "no policy before the command",
          "options of appaware come before the command: appaware run --policy FILE -- "
              + command.get(0));
    }
    throw new UsageException(
        "no policy: --policy was not given, and `" + own + "` does not exist",
        "name one with `--policy FILE`, or see what the program does with `--mode observe --log"
            + " events.jsonl`");
  }

  private ServerOptions.UpstreamOptions upstream() throws UsageException {
    if (server == null) {
      return null;
    }
    Duration grace = TimeArguments.duration(offlineGrace);
    if (grace == null) {
      throw new UsageException(
          "invalid duration `" + offlineGrace + "` for --offline-grace: expected e.g. 30s, 5m",
          "");
    }
    try {
      for (ServerAddress address : ServerAddress.parseAll(server)) {
        if (address.isUnix()) {
          throw new IllegalArgumentException(
              "invalid server `" + address + "`: expected tls://HOST:PORT");
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "see `appaware run --help`");
    }
    return new ServerOptions.UpstreamOptions(
        server, Installation.configuration(environment), grace);
  }

  private Path userPolicy() {
    return Installation.userPolicy(environment);
  }

  private Path absolute(Path file) {
    return file == null ? null : directory.resolve(file);
  }

  /** Where questions are asked. */
  enum Where {
    TERMINAL,
    CONSOLE,
    NONE
  }

  /** Reads {@code --prompt}. */
  static final class WhereConverter extends WordConverter<Where> {
    WhereConverter() {
      super("place to ask", Where.values());
    }
  }
}
