package io.github.appaware.cli;

import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code appaware server}: the remote decision server, and what its administrator does. */
@Command(
    name = "server",
    description = "Set up the remote decision server, and say who may use it.",
    synopsisSubcommandLabel = "COMMAND")
final class ServerCommand implements Runnable {
  private final Console console;

  @Spec private CommandSpec spec;

  private ServerCommand(Console console) {
    this.console = console;
  }

  /** The command with those below it. */
  static CommandLine line(Console console, Path directory, Clock clock) {
    CommandLine line = new CommandLine(new ServerCommand(console));
    line.addSubcommand(new ServerInitCommand(console, directory, clock));
    line.addSubcommand(new ServerTokenCommand(console, directory, clock));
    line.addSubcommand(new ServerRevokeCommand(console, directory, clock));
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.err());
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
