package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.Launcher;
import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.launch.RunOptions;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.server.local.ServerOptions.UpstreamOptions;
import java.nio.file.Path;
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
      "  120  with --fail-on-denied: it ended with 0, but something was denied, or reached a",
      "       process outside of the run that no rule with `peer` allows",
      "  125  appaware itself failed: nothing was run, or the program was stopped; with",
      "       --fail-on-denied or --blind deny also: it ended with 0, but nothing was judged,",
      "       or a program beside it used the network without being judged",
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
          "A policy; several are merged. Default: appaware/policy.toml in the user's"
              + " configuration directory.")
  private List<Path> policies = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description = {
        "What becomes of an event that no rule decides: `ask` follows the policy's default, and asks"
            + " you where that is `ask`; `enforce` denies it there; `observe` lets it pass and"
            + " records it; `audit` lets everything pass, also what rules deny, and records what"
            + " they would have done. Default: ask where questions can be asked, else enforce."
      })
  private Mode mode;

  @Option(
      names = "--prompt",
      paramLabel = "WHERE",
      defaultValue = "terminal",
      converter = PromptPlace.Converter.class,
      description = {
        "Where questions are asked: on this `terminal`; only on a `console` (see appaware console),"
            + " for full-screen programs; on `none`. Default: ${DEFAULT-VALUE}, but none if"
            + " there is no terminal or the variable CI is set."
      })
  private PromptPlace where;

  @Option(names = "--no-prompt", description = "The same as --prompt none.")
  private boolean noPrompt;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = {
        "Where answers are kept; part of the policy. It need not exist yet. Default: the first"
            + " --policy, else appaware/policy.toml in the user's configuration directory."
      })
  private Path answers;

  @Option(
      names = "--blind",
      paramLabel = "WHAT",
      defaultValue = "allow",
      converter = BlindConverter.class,
      description = {
        "Whether to allow what appaware can't see inside: native libraries and functions, programs"
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
        "A remote server that must also allow what this run does: tls://HOST:PORT; several,"
            + " separated by commas, are tried in turn. See appaware enroll. A --policy can then only be"
            + " stricter than the server's."
      })
  private String server;

  @Option(
      names = "--offline-grace",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = {
        "How long cached verdicts stay valid while the remote server is away: `30s`, `5m`."
            + " Everything else is denied meanwhile. Default: ${DEFAULT-VALUE}."
      })
  private String offlineGrace;

  @Option(
      names = "--fail-on-denied",
      description = {
        "Exit with 120 when the program ends with 0 but something was denied (with --mode audit:"
            + " would have been), or reached a process outside of the run that no rule with `peer`"
            + " allows."
      })
  private boolean failOnDenied;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the summary to FILE, as one JSON object, for programs.")
  private Path summary;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no summary at the end.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Also name the programs that ran without the agent, at the end, whether they used a"
              + " network or not.")
  private boolean verbose;

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
      Path record = record();
      decideWhereToAsk();
      PromptHandler asking = new PromptHandler(console, where == PromptPlace.TERMINAL);
      Launcher launcher =
          new Launcher(
              Installation.find(environment),
              ServerMain.class.getName(),
              environment,
              directory,
              asking::tell,
              mode == Mode.ASK && where != PromptPlace.NONE ? asking : QuestionHandler.NONE);
      RunPolicy policy =
          RunPolicy.of(policies, answers, server != null, mode, command, environment);
      UpstreamOptions upstream =
          server == null ? null : UpstreamArguments.parse(server, offlineGrace, environment);
      RunOutcome outcome =
          launcher.run(
              new RunOptions(
                  command, policy.files(), policy.answers(), mode, blind, record, upstream));
      if (!quiet) {
        Summary.of(outcome, policy.target()).forEach(console::tell);
        Summary.handovers(outcome).forEach(console::tell);
      }
      if (summary != null) {
        SummaryFile.write(directory.resolve(summary), outcome);
      }
      if (verbose) {
        Summary.details(outcome).forEach(console::tell);
      }
      return status(outcome);
    } catch (LaunchException e) {
      console.fail(e.getMessage(), e.help());
      return e.status();
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    }
  }

  /** Where every event goes, or null. */
  private Path record() throws UsageException {
    if (log != null && log.toString().equals("-")) {
      throw new UsageException(
          "invalid file `-` for --log: the standard output is the program's",
          "name a file: --log events.jsonl");
    }
    return log == null ? null : directory.resolve(log);
  }

  private int status(RunOutcome outcome) {
    if (outcome.status() != 0) {
      return outcome.status();
    }
    if (!outcome.judged() && (failOnDenied || blind == BlindMode.DENY)) {
      console.fail(
          "the run has failed: no JVM with the agent ran in it, so that nothing was judged",
          "run a Java program that keeps its environment, or leave out "
              + (failOnDenied ? "--fail-on-denied" : "--blind=deny"));
      return CommandLineProgram.FAILED;
    }
    if (outcome.programs() > 0 && (failOnDenied || blind == BlindMode.DENY)) {
      console.fail(
          "the run has failed: `"
              + Summary.shown(outcome.unjudged().get(0))
              + "` ran without the agent, so that nothing it did on the network was judged",
          "leave it out of the run, or leave out "
              + (failOnDenied ? "--fail-on-denied" : "--blind=deny"));
      return CommandLineProgram.FAILED;
    }
    boolean failed = outcome.denied() > 0 || outcome.would() > 0 || outcome.handedOver() > 0;
    return failOnDenied && failed ? DENIED : 0;
  }

  /** Sets what the options leave open. */
  private void decideWhereToAsk() {
    boolean ci = !environment.getOrDefault("CI", "").isEmpty();
    if (noPrompt || (where == PromptPlace.TERMINAL && (ci || !ControllingTerminal.exists()))) {
      where = PromptPlace.NONE;
    }
    if (mode == null) {
      mode = where == PromptPlace.NONE ? Mode.ENFORCE : Mode.ASK;
    }
    if (mode == Mode.OBSERVE) {
      console.tell("observe mode: events that no rule denies are allowed and recorded");
    } else if (mode == Mode.AUDIT) {
      console.tell("audit mode: everything is allowed, and recorded with what the policy says");
    }
  }
}
