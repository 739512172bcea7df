package io.github.appaware.cli;

import io.github.appaware.trust.Authority;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware server init}. */
@Command(
    name = "init",
    description =
        "Make a certificate authority and a server certificate, in a directory that only the user"
            + " can read.",
    customSynopsis = "Usage: appaware server init [OPTIONS] --name HOST DIR",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the directory is ready", "  125  it is not; nothing was overwritten"})
final class ServerInitCommand implements Callable<Integer> {
  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "HOST",
      description = "A name or an address under which clients reach the server. May be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--client-lifetime",
      paramLabel = "TIME",
      defaultValue = "30d",
      description =
          "How long client certificates are valid; they are renewed after two thirds of that time."
              + " Default: ${DEFAULT-VALUE}.")
  private String clients;

  @Option(
      names = "--server-lifetime",
      paramLabel = "TIME",
      defaultValue = "365d",
      description = "Likewise, for the server certificate. Default: ${DEFAULT-VALUE}.")
  private String server;

  @Parameters(
      paramLabel = "DIR",
      description = "The directory; it is created if it does not exist.")
  private Path home;

  private static final Duration TOKENS = Duration.ofHours(1);

  ServerInitCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Duration ofClients = TimeArguments.length(clients);
      Lifetimes lifetimes = new Lifetimes(ofClients, TimeArguments.length(server));
      ServerHome made = ServerHome.init(directory.resolve(home), names, lifetimes, clock);
      console.tell("`" + home + "` is ready, for " + String.join(", ", names));
      tellWhatIsNext(made);
      return 0;
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail("can't make `" + home + "`: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }

  /** Prints the next commands with their tokens, which are valid once, for an hour. */
  private void tellWhatIsNext(ServerHome made) throws IOException, TrustException {
    String name = names.get(0);
    String address = "tls://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":7443";
    Authority authority = new Authority(made, clock);
    console.tell("next, here:");
    console.out().println("appaware server --home " + home + " --listen " + address);
    console.tell("next, on a host that runs applications, and for a person who answers:");
    for (Role role : List.of(Role.AGENT, Role.OPERATOR)) {
      Token token = authority.token(role, "", TOKENS);
      console.out().println("appaware enroll " + address + " --token " + token.text());
    }
    console.tell("each token is valid once, for an hour; `appaware server token` makes more");
  }
}
