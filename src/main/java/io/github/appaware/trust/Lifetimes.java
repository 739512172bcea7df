package io.github.appaware.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * How long certificates are valid. Each is renewed after two thirds of it.
 *
 * @param clients certificates of clients
 * @param server the server's own
 */
public record Lifetimes(Duration clients, Duration server) {
  /** When the administrator gives none. */
  public static final Lifetimes DEFAULT = new Lifetimes(Duration.ofDays(30), Duration.ofDays(365));

  /** Time enough for a renewal. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  static final Duration AUTHORITY = Duration.ofDays(3653);

  void check() throws TrustException {
    for (Duration each : new Duration[] {clients, server}) {
      if (each.compareTo(SHORTEST) < 0 || each.compareTo(AUTHORITY) > 0) {
        throw new TrustException(
            "certificates can't be valid for " + each, "use something from 1m to 3653d");
      }
    }
  }

  /** As written to the file. */
  String text() {
    return "clients " + clients + "\nserver " + server + "\n";
  }

  static Lifetimes read(Path file) throws IOException, TrustException {
    String[] lines = PrivateFiles.read(file).split("\n", -1);
    try {
      if (lines.length == 3 && lines[0].startsWith("clients ") && lines[1].startsWith("server ")) {
        Lifetimes read =
            new Lifetimes(
                Duration.parse(lines[0].substring("clients ".length())),
                Duration.parse(lines[1].substring("server ".length())));
        read.check();
        return read;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new TrustException("`" + file + "` is not valid", "restore it from a backup");
  }
}
