package io.github.appaware.cli;

import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy fmt}. */
@Command(
    name = "fmt",
    description =
        "Rewrite policies in the canonical form. Meaning, order and comments do not change.",
    customSynopsis = "Usage: appaware policy fmt [OPTIONS] [FILE...]",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the files are formatted",
      "  1    with --check: not all of them are",
      "  125  a file can't be read or written, or is not TOML; it is unchanged"
    })
final class PolicyFmtCommand implements Callable<Integer> {
  private static final int UNFORMATTED = 1;

  private final Console console;
  private final PolicyFiles.Places places;

  @Option(names = "--check", description = "Change nothing; list the files that would change.")
  private boolean check;

  @Option(names = "--json", description = "One JSON object for each file, for programs.")
  private boolean json;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Policies. " + PolicyFiles.DEFAULT)
  private List<Path> named = new ArrayList<>();

  PolicyFmtCommand(Console console, PolicyFiles.Places places) {
    this.console = console;
    this.places = places;
  }

  @Override
  public Integer call() throws IOException {
    int status = 0;
    for (Path file : PolicyFiles.named(named, places)) {
      try {
        boolean changed = check ? !PolicyFormat.isFormatted(file) : PolicyFormat.format(file);
        show(file, changed);
        if (check && changed) {
          status = Math.max(status, UNFORMATTED);
        }
      } catch (EditException e) {
        console.fail(e.getMessage(), e.help());
        status = CommandLineProgram.FAILED;
      }
    }
    return status;
  }

  private void show(Path file, boolean changed) throws IOException {
    if (json) {
      JsonLine.print(
          console,
          g -> {
            g.writeStringField("file", file.toString());
            g.writeBooleanField("changed", changed);
          });
    } else if (changed) {
      console.out().println(file);
    }
  }
}
