package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import io.github.appaware.server.local.ServerOptions.UpstreamOptions;
import io.github.appaware.wire.ServerAddress;
import java.time.Duration;
import java.util.Map;

/** Reads {@code --server} and {@code --offline-grace} of a run. */
final class UpstreamArguments {
  private UpstreamArguments() {}

  static UpstreamOptions parse(String server, String grace, Map<String, String> environment)
      throws UsageException {
    Duration length = TimeArguments.duration(grace);
    if (length == null) {
      throw new UsageException(
          "invalid duration `" + grace + "` for --offline-grace: expected e.g. 30s, 5m", "");
    }
    try {
      for (ServerAddress address : ServerAddress.parseAll(server)) {
        if (address.isUnix()) {
          throw new IllegalArgumentException(
              "invalid server `" + address + "`: expected tls://HOST:PORT");
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "see `appaware run --help`");
    }
    return new UpstreamOptions(server, Installation.configuration(environment), length);
  }
}
