package io.github.appaware.server;

import io.github.appaware.event.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of who was turned away and why: the same once in a while, and not too much in all, however
 * many come. What is not told is counted. Safe for all threads.
 */
final class Refusals {
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();
  private static final int MOST_IN_WINDOW = 20;
  private static final int LONGEST = 300;

  private final Consumer<String> teller;
  private final Map<String, Integer> told = new HashMap<>();
  private long began = System.nanoTime();
  private long untold;

  Refusals(Consumer<String> teller) {
    this.teller = teller;
  }

  /** Somebody is turned away, for this reason. */
  void tell(String who, String why) {
    String line = line(who, why);
    if (line != null) {
      teller.accept(line);
    }
  }

  private synchronized String line(String who, String why) {
    long now = System.nanoTime();
    String before = "";
    if (now - began > WINDOW) {
      before = untold == 0 ? "" : " (and " + untold + " refusals before)";
      began = now;
      told.clear();
      untold = 0;
    }
    // A port is another one each time, and so are lengths and numbers in what is no message.
    String key = who.replaceFirst(":[0-9]+$", "") + " " + why.replaceAll("[0-9]+", "#");
    if (told.size() >= MOST_IN_WINDOW || told.putIfAbsent(key, 1) != null) {
      untold++;
      return null;
    }
    String text = why.length() > LONGEST ? why.substring(0, LONGEST) : why;
    return "refused " + who + ": " + Text.printable(text) + before;
  }
}
