package io.github.appaware.server.resident;

import io.github.appaware.event.Text;
import io.github.appaware.server.ServerMeters;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts rejected clients, and reports them, rate-limited: why, and what the administrator can do.
 * The same is reported once in ten seconds, and no client can keep others from being reported. What
 * is not reported is counted, and the count is reported. Safe for all threads.
 */
final class RejectionLog {
  /** The help for what is no client of appaware at all. */
  static final String NOT_A_CLIENT =
      "only clients of appaware are served here, over TLS 1.3; a firewall keeps others out";

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int MAX_IN_WINDOW = 20;
  private static final int MAX_PER_CLIENT = 5;
  private static final int MAX_LENGTH = 300;

  private final Consumer<String> log;
  private final ServerMeters meters;
  private final Set<String> reported = new HashSet<>();
  private final Map<String, Integer> perClient = new HashMap<>();
  private long windowStart = System.nanoTime();
  private long unreported;

  RejectionLog(Consumer<String> log, ServerMeters meters) {
    this.log = log;
    this.meters = meters;
  }

  /**
   * A client is rejected.
   *
   * @param client its name, or its address
   * @param help what to do about it, or empty
   */
  void report(ServerMeters.Refusal cause, String client, String why, String help) {
    meters.refused(cause);
    flush();
    if (isNew(client, why)) {
      String text = why.length() > MAX_LENGTH ? why.substring(0, MAX_LENGTH) : why;
      String line = "refused " + client + ": " + Text.printable(text);
      log.accept(help.isEmpty() ? line : line + "\nhelp: " + help);
    }
  }

  /** As above, with what an exception says. */
  void report(ServerMeters.Refusal cause, String client, Exception why, String help) {
    String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    report(cause, client, text, help);
  }

  private synchronized boolean isNew(String client, String why) {
    // The port differs each time, and so do numbers in what is no message.
    String host = RemoteClient.host(client);
    String key = host + " " + why.replaceAll("[0-9]+", "#");
    boolean isNew =
        reported.size() < MAX_IN_WINDOW
            && perClient.getOrDefault(host, 0) < MAX_PER_CLIENT
            && reported.add(key);
    if (isNew) {
      perClient.merge(host, 1, Integer::sum);
    } else {
      unreported++;
    }
    return isNew;
  }

  /** Reports the count when it is time; to be called a few times a second. */
  void flush() {
    long count;
    synchronized (this) {
      long now = System.nanoTime();
      if (now - windowStart < WINDOW.toNanos()) {
        return;
      }
      windowStart = now;
      reported.clear();
      perClient.clear();
      count = unreported;
      unreported = 0;
    }
    if (count > 0) {
      log.accept(
          "refused " + count + " more in the last " + WINDOW.toSeconds() + " s, much like these");
    }
  }
}
