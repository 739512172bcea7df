package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import java.util.function.BiFunction;

/**
 * Where platform threads wait for verdicts: at the reading end of a pipe, by the JDK's own {@code
 * poll}. Tools that look for blocking calls on event loops, as BlockHound does, instrument the
 * methods that programs wait by, such as {@code Unsafe.park}; this wait is the agent's, not the
 * program's, and they don't see it. A pipe is kept for the next thread. Safe for all threads.
 *
 * <p>Virtual threads park, which lets their carrier work on; so do threads for which there is no
 * pipe, and all as long as the program has used neither addresses nor sockets: the class that has
 * {@code poll} would read its settings before it has made them.
 */
final class WaitingPlaces {
  /** Two descriptors each. As many threads wait at once where event loops run, on any machine. */
  private static final int MOST = 64;

  private static final String VIRTUAL = "java.lang.VirtualThread";

  private final BiFunction<Integer, Object[], Object> bridge;
  private Place free;
  private int made;

  WaitingPlaces(BiFunction<Integer, Object[], Object> bridge) {
    this.bridge = bridge;
  }

  /** A pipe. */
  static final class Place {
    private final BiFunction<Integer, Object[], Object> bridge;
    private final Object in;
    private final Object out;
    private Place next;

    private Place(BiFunction<Integer, Object[], Object> bridge, Object[] ends) {
      this.bridge = bridge;
      in = ends[0];
      out = ends[1];
    }

    /** Waits until {@link #wake}, or less; an interrupt has no effect. */
    void await(long nanos) {
      Object unused =
          bridge.apply(Operation.PIPE_WAIT, new Object[] {in, Math.max(1, nanos / 1_000_000)});
    }

    /** Wakes the thread that waits here, or the next one for nothing. Never blocks. */
    void wake() {
      Object unused = bridge.apply(Operation.PIPE_WAKE, new Object[] {out});
    }
  }

  /** A place for this thread until {@link #giveBack}; null if it has to park. */
  Place take() {
    if (Thread.currentThread().getClass().getName().equals(VIRTUAL)) {
      return null;
    }
    synchronized (this) {
      Place place = free;
      if (place != null) {
        free = place.next;
        return place;
      }
      if (made == MOST) {
        return null;
      }
      made++;
    }
    Place place = make();
    if (place == null) {
      synchronized (this) {
        made--;
      }
    }
    return place;
  }

  private Place make() {
    try {
      return bridge.apply(Operation.PIPE, new Object[0]) instanceof Object[] ends
          ? new Place(bridge, ends)
          : null; // too early, or no more descriptors
    } catch (LinkageError e) {
      return null; // a JDK without pipes, as Windows has it
    }
  }

  synchronized void giveBack(Place place) {
    place.next = free;
    free = place;
  }
}
