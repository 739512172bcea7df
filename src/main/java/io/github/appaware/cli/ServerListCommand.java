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

/** {@code appaware server list}. */
@Command(
    name = "list",
    description = "List the enrolled clients and the tokens that were not used yet.",
    customSynopsis = "Usage: appaware server list [OPTIONS] --home DIR",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the list is on the standard output", "  125  it can't be read"})
final class ServerListCommand implements Callable<Integer> {
  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The server's directory, made by `server init`.")
  private Path home;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  ServerListCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Authority authority = new Authority(ServerHome.open(directory.resolve(home)), clock);
      EnrolledTable table = EnrolledTable.of(authority, clock.instant());
      if (json) {
        JsonLine.print(console, table::write);
      } else {
        table.print(console, clock.getZone(), null);
      }
      return 0;
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail("can't list the clients: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }
}
