package io.github.appaware.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code appaware version}, as {@code --version}. */
@Command(
    name = "version",
    description = "Show the version.",
    customSynopsis = "Usage: appaware version",
    synopsisHeading = "")
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().printVersionHelp(console.out());
    return 0;
  }
}
