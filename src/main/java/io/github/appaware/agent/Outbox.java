package io.github.appaware.agent;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What is to be written, from all threads to one. The JDK's blocking queues would load the
 * fork-join pool into every target.
 */
final class Outbox {
  private final ConcurrentLinkedQueue<ByteBuffer> frames = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int most;

  /** The thread that waits, or null. */
  private volatile Thread waiting;

  Outbox(int most) {
    this.most = most;
  }

  /** False when it is full. */
  boolean offer(ByteBuffer frame) {
    if (size.get() >= most) {
      return false;
    }
    add(frame);
    return true;
  }

  /** Adds it even so. */
  void add(ByteBuffer frame) {
    size.incrementAndGet();
    frames.add(frame);
    Thread taker = waiting;
    if (taker != null) {
      LockSupport.unpark(taker);
    }
  }

  /**
   * Takes the first, waiting for it. Called by one thread only, which can't be interrupted.
   *
   * @return null when there was none for so many nanoseconds
   */
  ByteBuffer take(long nanos) {
    ByteBuffer frame = frames.poll();
    if (frame == null && nanos > 0) {
      long begin = System.nanoTime();
      waiting = Thread.currentThread();
      for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begin)) {
        frame = frames.poll();
        if (frame != null) {
          break;
        }
        LockSupport.parkNanos(this, left);
        // An interrupt would make each further park return at once.
        boolean ignored = Thread.interrupted();
      }
      waiting = null;
    }
    if (frame != null) {
      size.decrementAndGet();
    }
    return frame;
  }
}
