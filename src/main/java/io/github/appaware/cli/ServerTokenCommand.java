package io.github.appaware.cli;

import io.github.appaware.trust.Authority;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code appaware server token}. */
@Command(
    name = "token",
    description = "Print a token that enrols one host or person, once.",
    customSynopsis = "Usage: appaware server token [OPTIONS] --home DIR --role ROLE",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the token is on the standard output", "  125  no token was made"})
final class ServerTokenCommand implements Callable<Integer> {
  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The server's directory, made by `server init`.")
  private Path home;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      converter = RoleConverter.class,
      description =
          "What the holder may do: `agent` asks, `operator` answers questions, `auditor` only watches.")
  private Role role;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The name to enrol. Required for a name that was enrolled before, whose earlier"
              + " certificates are then revoked. Default: the host chooses an unused name.")
  private String name;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long the token is valid. Default: ${DEFAULT-VALUE}.")
  private String life;

  ServerTokenCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Authority authority = new Authority(ServerHome.open(directory.resolve(home)), clock);
      Token token = authority.token(role, name, TimeArguments.length(life));
      console.out().println(token.text());
      return 0;
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail("can't make a token: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }

  /** Reads {@code --role}. */
  static final class RoleConverter extends WordConverter<Role> {
    RoleConverter() {
      super("role", Role.values());
    }
  }
}
