package io.github.appaware.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Names that every machine gives itself: {@code localhost} (RFC 6761, section 6.3) and its own. */
final class LocalNames {
  private static final String LOCALHOST = "localhost";

  private static final String OWN = own();

  private LocalNames() {}

  /** Whether the name, in normal form, leads to the machine itself; false for none. */
  static boolean has(String host) {
    return host != null
        && (host.equals(LOCALHOST)
            || host.endsWith("." + LOCALHOST)
            || host.equals("ip6-" + LOCALHOST)
            || (!OWN.isEmpty() && (host.equals(OWN) || OWN.startsWith(host + "."))));
  }

  private static String own() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"))
          .strip()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return "";
    }
  }
}
