package io.github.appaware.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code appaware policy}: the commands that look at policies and change them. */
@Command(
    name = "policy",
    description = "Look at policies and change them.",
    synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {
  private final Console console;

  @Spec private CommandSpec spec;

  private PolicyCommand(Console console) {
    this.console = console;
  }

  /** The command with those below it. */
  static CommandLine line(Console console, Map<String, String> environment, Path directory) {
    PolicyFiles.Places places = new PolicyFiles.Places(environment, directory);
    Clock clock = Clock.systemUTC();
    CommandLine line = new CommandLine(new PolicyCommand(console));
    line.addSubcommand(new PolicyCheckCommand(console, places, clock));
    line.addSubcommand(new PolicyExplainCommand(console, places, clock));
    line.addSubcommand(new PolicyListCommand(console, places, clock));
    line.addSubcommand(new PolicyAddCommand(console, places, clock));
    line.addSubcommand(new PolicyRemoveCommand(console, places));
    line.addSubcommand(new PolicyPinCommand(console, places));
    line.addSubcommand(new PolicyFmtCommand(console, places));
    line.addSubcommand(new PolicyImportCommand(console, places, clock));
    line.addSubcommand(new PolicyExportCommand(console, places, clock));
    // Deno's own options are what it is given.
    line.getSubcommands().get("import").setUnmatchedOptionsArePositionalParams(true);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.err(), console.help(Screen.ERR));
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
