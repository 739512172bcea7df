package io.github.appaware.cli;

import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware server revoke}. */
@Command(
    name = "revoke",
    description =
        "Revoke all certificates of a name. A running server closes its connections within a"
            + " second.",
    customSynopsis = "Usage: appaware server revoke [OPTIONS] --home DIR NAME",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    all certificates of the name are revoked", "  125  nothing was changed"})
final class ServerRevokeCommand implements Callable<Integer> {
  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The server's directory, made by `server init`.")
  private Path home;

  @Parameters(paramLabel = "NAME", description = "The enrolled name.")
  private String name;

  ServerRevokeCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      new Authority(ServerHome.open(directory.resolve(home)), clock).revoke(name);
      console.tell("`" + name + "` is revoked; it can be enrolled again with --name " + name);
      return 0;
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail("can't revoke `" + name + "`: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }
}
