package io.github.appaware.agent;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * What is to be written, from all threads to one. The JDK's concurrent queues would load method
 * handles or the fork-join pool into every target.
 */
final class Outbox {
  private static final class Node {
    final ByteBuffer frame;
    Node next;

    Node(ByteBuffer frame) {
      this.frame = frame;
    }
  }

  private final int most;
  private Node first;
  private Node last;
  private int size;

  /** The thread that waits, or null. */
  private Thread waiting;

  Outbox(int most) {
    this.most = most;
  }

  /** False when it is full. */
  boolean offer(ByteBuffer frame) {
    return insert(frame, most);
  }

  /** Adds it even so. */
  void add(ByteBuffer frame) {
    boolean unused = insert(frame, Integer.MAX_VALUE);
  }

  private boolean insert(ByteBuffer frame, int limit) {
    Node node = new Node(frame);
    Thread taker;
    synchronized (this) {
      if (size >= limit) {
        return false;
      }
      if (last == null) {
        first = node;
      } else {
        last.next = node;
      }
      last = node;
      size++;
      taker = waiting;
    }
    if (taker != null) {
      LockSupport.unpark(taker);
    }
    return true;
  }

  /** Forgets what is in it. */
  synchronized void clear() {
    first = null;
    last = null;
    size = 0;
  }

  private synchronized ByteBuffer poll(Thread taker) {
    Node node = first;
    waiting = node == null ? taker : null;
    if (node == null) {
      return null;
    }
    first = node.next;
    if (first == null) {
      last = null;
    }
    size--;
    return node.frame;
  }

  /**
   * Takes the first, waiting for it. Called by one thread only, which can't be interrupted.
   *
   * @return null when there was none for so many nanoseconds
   */
  ByteBuffer take(long nanos) {
    Thread self = Thread.currentThread();
    ByteBuffer frame = poll(self);
    long begin = frame == null && nanos > 0 ? System.nanoTime() : 0;
    for (long left = nanos; frame == null && left > 0; left = nanos - (System.nanoTime() - begin)) {
      LockSupport.parkNanos(left); // without a blocker, which anybody could get hold of
      // An interrupt would make each further park return at once.
      boolean ignored = Thread.interrupted();
      frame = poll(self);
    }
    return frame;
  }
}
