package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.Launcher;
import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.launch.RunOptions;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.launch.ServerStart;
import io.github.appaware.server.local.ServerOptions.UpstreamOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code appaware run}. */
final class RunCommand implements Callable<Integer> {
  private static final int DENIED = 120;

  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;
  private final ServerStart server;
  private final RunArguments arguments = RunArguments.of(this);
  private Mode mode;
  private PromptPlace where;
  private RunOutcome outcome;

  RunCommand(Console console, Map<String, String> environment, Path directory) {
    this(console, environment, directory, null);
  }

  /** As above, with a server that has begun to start, or null. */
  RunCommand(Console console, Map<String, String> environment, Path directory, ServerStart server) {
    this.server = server;
    this.console = console;
    this.environment = environment;
    this.directory = directory;
  }

  CommandLine line() {
    return new CommandLine(arguments.spec());
  }

  @Override
  public Integer call() {
    AfterRun after = null;
    try {
      Path record = record();
      if (arguments.isReadBack()) {
        PolicyFiles.Places places = new PolicyFiles.Places(environment, directory);
        after = AfterRun.prepare(arguments, record, console, places);
        record = after.log();
      }
      decideWhereToAsk();
      PromptHandler asking = new PromptHandler(console, where == PromptPlace.TERMINAL);
      Installation installation = Installation.find(environment);
      Launcher launcher =
          new Launcher(
              installation,
              server == null ? new ServerStart(installation, ServerMain.OPTION) : server,
              environment,
              directory,
              asking::tell,
              mode == Mode.ASK && where != PromptPlace.NONE ? asking : QuestionHandler.NONE);
      List<String> command = arguments.command();
      String upstreamServer = arguments.server();
      RunPolicy policy =
          RunPolicy.of(
              arguments.policies(),
              arguments.answers(),
              upstreamServer != null,
              mode,
              command,
              environment);
      UpstreamOptions upstream =
          upstreamServer == null
              ? null
              : UpstreamArguments.parse(upstreamServer, arguments.offlineGrace(), environment);
      outcome =
          launcher.run(
              new RunOptions(
                  command,
                  policy.files(),
                  policy.answers(),
                  mode,
                  arguments.blind(),
                  arguments.guard(),
                  record,
                  upstream));
      if (!arguments.quiet()) {
        ShortPaths paths = new ShortPaths(directory, environment.get("HOME"));
        Summary.of(outcome, policy.target(), paths).forEach(console::tell);
        Summary.handovers(outcome).forEach(console::tell);
      }
      Path summary = arguments.summary();
      if (summary != null) {
        SummaryFile.write(directory.resolve(summary), outcome);
      }
      if (arguments.verbose()) {
        Summary.details(outcome).forEach(console::tell);
      }
      boolean failed = after != null && after.tell(outcome);
      int status = status();
      return status == 0 && failed ? DENIED : status;
    } catch (LaunchException e) {
      console.fail(e.getMessage(), e.help());
      return e.status();
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    } finally {
      if (after != null) {
        after.close();
      }
    }
  }

  /** How the run ended; null where there was none. */
  RunOutcome outcome() {
    return outcome;
  }

  /** Where every event goes, or null. */
  private Path record() throws UsageException {
    Path log = arguments.log();
    if (log != null && log.toString().equals("-")) {
      throw new UsageException(
          "invalid file `-` for --log: the standard output is the program's",
          "name a file: --log events.jsonl");
    }
    return log == null ? null : directory.resolve(log);
  }

  private int status() {
    boolean failOnDenied = arguments.failOnDenied();
    BlindMode blind = arguments.blind();
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
    where = arguments.where();
    mode = arguments.mode();
    boolean ci = !environment.getOrDefault("CI", "").isEmpty();
    if (arguments.noPrompt()
        || (where == PromptPlace.TERMINAL && (ci || !ControllingTerminal.exists()))) {
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
