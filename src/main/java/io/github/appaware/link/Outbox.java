package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Frames from all threads to the one that writes. While there is no connection nothing is taken
 * from it; of what is in it when one breaks, only what is lasting stays. The JDK's concurrent
 * queues would load method handles or the fork-join pool into every target.
 */
final class Outbox {
  /** A frame with the connection that it was taken for. */
  static final class Entry {
    private final ByteBuffer frame;
    private final boolean lasting;
    private FrameChannel to;
    private Entry next;

    private Entry(ByteBuffer frame, boolean lasting) {
      this.frame = frame;
      this.lasting = lasting;
    }

    /** May be written more than once, so a copy. */
    ByteBuffer frame() {
      return frame.duplicate();
    }

    @SuppressWarnings("ReferenceEquality") // a marker is that very object
    boolean is(ByteBuffer marker) {
      return frame == marker;
    }

    FrameChannel to() {
      return to;
    }
  }

  private final int most;
  private Entry first;
  private Entry last;
  private int size;

  /** The open connection, or null. */
  private FrameChannel to;

  /** Whether what was taken last may not be written yet. */
  private boolean writing;

  private boolean ended;

  /** The thread that waits, or null. */
  private Thread waiting;

  /** For at most this number of frames. */
  Outbox(int most) {
    this.most = most;
  }

  /**
   * Adds a frame.
   *
   * @param lasting whether it is to be sent on another connection when this one breaks
   * @return false when it is full
   */
  boolean offer(ByteBuffer frame, boolean lasting) {
    return insert(new Entry(frame, lasting), most, false);
  }

  /** Adds a frame even so. */
  void add(ByteBuffer frame, boolean lasting) {
    boolean unused = insert(new Entry(frame, lasting), Integer.MAX_VALUE, false);
  }

  /** Adds a frame in front of all others. */
  void addFirst(ByteBuffer frame) {
    boolean unused = insert(new Entry(frame, false), Integer.MAX_VALUE, true);
  }

  /** What was taken could not be written. */
  void putBack(Entry entry) {
    if (entry.lasting) {
      boolean unused = insert(new Entry(entry.frame, true), Integer.MAX_VALUE, true);
    }
  }

  private boolean insert(Entry entry, int limit, boolean inFront) {
    Thread taker;
    synchronized (this) {
      if (size >= limit) {
        return false;
      }
      if (last == null) {
        first = entry;
        last = entry;
      } else if (inFront) {
        entry.next = first;
        first = entry;
      } else {
        last.next = entry;
        last = entry;
      }
      size++;
      taker = waiting;
    }
    LockSupport.unpark(taker);
    return true;
  }

  /** There is a connection. */
  void open(FrameChannel channel) {
    Thread taker;
    synchronized (this) {
      to = channel;
      taker = waiting;
    }
    LockSupport.unpark(taker);
  }

  /** The connection is lost, and what was to be sent over it alone. */
  synchronized void pause() {
    to = null;
    Entry kept = first;
    first = null;
    last = null;
    size = 0;
    for (; kept != null; kept = kept.next) {
      if (kept.lasting) {
        if (last == null) {
          first = kept;
        } else {
          last.next = kept;
        }
        last = kept;
        size++;
      }
    }
    if (last != null) {
      last.next = null;
    }
    notifyAll();
  }

  /** Nothing is taken any more. */
  void end() {
    Thread taker;
    synchronized (this) {
      ended = true;
      taker = waiting;
      notifyAll();
    }
    LockSupport.unpark(taker);
  }

  synchronized boolean isEmpty() {
    return first == null;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** Waits until everything is written, or can't be. */
  synchronized void awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (to != null && !ended && (first != null || writing)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private synchronized Entry poll(Thread taker) {
    if (writing) {
      writing = false;
      notifyAll();
    }
    Entry entry = to == null || ended ? null : first;
    waiting = entry == null ? taker : null;
    if (entry == null) {
      return null;
    }
    first = entry.next;
    if (first == null) {
      last = null;
    }
    size--;
    writing = true;
    entry.next = null;
    entry.to = to;
    return entry;
  }

  /**
   * Takes the first, waiting for it. Called by one thread only, which can't be interrupted.
   *
   * @param nanos to wait at most
   * @return null when there was none in time, or at the end
   */
  Entry take(long nanos) {
    Thread self = Thread.currentThread();
    Entry entry = poll(self);
    long begin = entry == null && nanos > 0 ? System.nanoTime() : 0;
    for (long left = nanos;
        entry == null && left > 0 && !isEnded();
        left = nanos - (System.nanoTime() - begin)) {
      LockSupport.parkNanos(left); // without a blocker, which the application could get hold of
      // An interrupt would make each further park return at once.
      boolean ignored = Thread.interrupted();
      entry = poll(self);
    }
    return entry;
  }
}
