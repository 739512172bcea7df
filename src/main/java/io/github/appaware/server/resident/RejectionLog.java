package io.github.appaware.server.resident;

import io.github.appaware.event.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells of who was turned away, why, and what can be done about it: the same once in a while, and
 * not too much in all, however many come; no single one can be so loud that others are not heard
 * of. What is not told is counted, and the count is told. Safe for all threads.
 */
final class RejectionLog {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int MOST_IN_WINDOW = 20;
  private static final int MOST_OF_ONE = 5;
  private static final int LONGEST = 300;

  private final Consumer<String> teller;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Integer> of = new HashMap<>();
  private long began = System.nanoTime();
  private long untold;

  RejectionLog(Consumer<String> teller) {
    this.teller = teller;
  }

  /**
   * Somebody is turned away.
   *
   * @param help what to do about it, or empty
   */
  void tell(String who, String why, String help) {
    look();
    if (isNews(who, why)) {
      String text = why.length() > LONGEST ? why.substring(0, LONGEST) : why;
      String line = "refused " + who + ": " + Text.printable(text);
      teller.accept(help.isEmpty() ? line : line + "\nhelp: " + help);
    }
  }

  private synchronized boolean isNews(String who, String why) {
    // A port is another one each time, and so are lengths and numbers in what is no message.
    String one = who.replaceFirst(":[0-9]+$", "");
    String key = one + " " + why.replaceAll("[0-9]+", "#");
    boolean isNews =
        told.size() < MOST_IN_WINDOW && of.getOrDefault(one, 0) < MOST_OF_ONE && told.add(key);
    if (isNews) {
      of.merge(one, 1, Integer::sum);
    } else {
      untold++;
    }
    return isNews;
  }

  /** Tells how much was not told, when it is time; to be called a few times a second. */
  void look() {
    long before;
    synchronized (this) {
      long now = System.nanoTime();
      if (now - began < WINDOW.toNanos()) {
        return;
      }
      began = now;
      told.clear();
      of.clear();
      before = untold;
      untold = 0;
    }
    if (before > 0) {
      teller.accept(
          "refused " + before + " more in the last " + WINDOW.toSeconds() + " s, much like these");
    }
  }
}
