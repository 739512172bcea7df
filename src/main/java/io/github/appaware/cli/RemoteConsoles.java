package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Notices;
import io.github.appaware.link.RefusedException;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.TlsServer;
import io.github.appaware.link.TlsServers;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attaches consoles to remote servers, with the certificates that enrolling left. */
final class RemoteConsoles {
  /** What to do once a server does not accept the console. */
  static final String ENROLL = "enroll it again: see `appaware enroll --help`";

  private RemoteConsoles() {}

  /** Attaches to whichever of the servers at these addresses accepts the console. */
  static ConsoleLink attach(String addresses, Map<String, String> environment, Notices notices)
      throws IOException, UsageException {
    ClientFiles files = new ClientFiles(Installation.configuration(environment));
    Clock clock = Clock.systemUTC();
    List<ClientTrust> certificates = new ArrayList<>();
    try {
      for (ServerAddress address : ServerAddress.parseAll(addresses)) {
        certificates.add(
            ClientTrust.open(files, address, List.of(Role.OPERATOR, Role.AUDITOR), clock));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "see `appaware console --help`");
    } catch (TrustException e) {
      throw new UsageException(e.getMessage(), e.help());
    }
    List<TlsServer> servers =
        certificates.stream()
            .map(each -> new TlsServer(each.server(), each.file(), clock, notices))
            .toList();
    boolean answers = certificates.get(0).self().role() == Role.OPERATOR;
    try {
      return new ConsoleLink(
              new TlsServers(servers, new Sockets()),
              "",
              System.getProperty("user.name", ""),
              answers,
              new LinkTime())
          .attach();
    } catch (RefusedException e) {
      throw new UsageException(e.getMessage(), ENROLL);
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), "see that the server runs, and where");
    }
  }
}
