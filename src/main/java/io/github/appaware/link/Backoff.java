package io.github.appaware.link;

/**
 * The pauses before connecting again: each twice as long as the last, half to one and a half times
 * that by chance, so that the clients of a server that came back do not all come back at once. Not
 * safe for threads.
 */
final class Backoff {
  private long pause = Timing.FIRST_PAUSE;
  private long random;
  private long connected;
  private boolean isConnected;

  /** A different seed for each client. */
  Backoff(long seed) {
    random = seed * 0x9E3779B97F4A7C15L | 1;
  }

  void connected(long now) {
    connected = now;
    isConnected = true;
  }

  /** The next pause, in nanoseconds. */
  long next(long now) {
    if (isConnected && now - connected >= Timing.GOOD) {
      pause = Timing.FIRST_PAUSE;
    }
    isConnected = false;
    long next = pause / 2 + chance(pause);
    pause = Math.min(2 * pause, Timing.LONGEST_PAUSE);
    return next;
  }

  /**
   * From 0 to below the bound: xorshift64, as a class of the JDK's would be loaded for this alone.
   */
  private long chance(long bound) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return Math.floorMod(random, bound);
  }
}
