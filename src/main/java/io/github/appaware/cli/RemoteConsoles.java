package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import io.github.appaware.server.upstream.TlsDialer;
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
import java.util.concurrent.TimeUnit;

/** Attaches consoles to a remote server, whichever of its addresses answers. */
final class RemoteConsoles {
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final TlsDialer dialer;
  private final ClientTrust self;

  private RemoteConsoles(TlsDialer dialer, ClientTrust self) {
    this.dialer = dialer;
    this.self = self;
  }

  /** For these addresses, with the certificates that enrolling left. */
  static RemoteConsoles of(String addresses, Map<String, String> environment)
      throws IOException, UsageException {
    ClientFiles files = new ClientFiles(Installation.configuration(environment));
    List<ClientTrust> servers = new ArrayList<>();
    try {
      for (ServerAddress address : ServerAddress.parseAll(addresses)) {
        servers.add(
            ClientTrust.open(
                files, address, List.of(Role.OPERATOR, Role.AUDITOR), Clock.systemUTC()));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "see `appaware console --help`");
    } catch (TrustException e) {
      throw new UsageException(e.getMessage(), e.help());
    }
    return new RemoteConsoles(new TlsDialer(servers), servers.get(0));
  }

  /** Attaches, or says why not. */
  ConsoleLink attach() throws UsageException {
    try {
      return dial();
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), "see that the server runs, and where");
    }
  }

  private ConsoleLink dial() throws IOException {
    boolean answers = self.self().role() == Role.OPERATOR;
    return ConsoleLink.attach(dialer.dial(), System.getProperty("user.name", ""), answers);
  }

  /** Tries until it is attached again. */
  ConsoleLink comeBack() {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
        return dial();
      } catch (IOException away) {
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        pause = LONGEST_PAUSE_MILLIS; // nobody interrupts this thread but the end of the process
      }
    }
  }
}
