package io.github.appaware.guard;

import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.Notification;
import io.github.appaware.linux.SeccompListener;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * Receives stopped calls on several threads. As long as calls are fast, one thread does it all;
 * when it is about to wait, or has begun to, another one receives, so that no call waits for
 * another's.
 */
final class Supervisor {
  /** Threads in all; calls that would need more wait for one. */
  private static final int MOST = 1_000;

  private static final long STACK = 256 * 1024;
  private static final long IDLE_SECONDS = 10;

  private final SeccompListener listener;
  private final Supervision shared;
  private final AtomicInteger receiving = new AtomicInteger();
  private final AtomicInteger idle = new AtomicInteger();
  private final Semaphore wake = new Semaphore(0);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** As {@link Supervision} has it. */
  Supervisor(
      GuardCalls calls,
      SeccompListener listener,
      String socket,
      LongFunction<ProcessLink> links,
      LongFunction<byte[]> vouch) {
    this.listener = listener;
    this.shared = new Supervision(calls, listener, socket, links, vouch, this);
  }

  Supervision shared() {
    return shared;
  }

  /** Begins to receive; by a thread that is not restricted, like all that it starts. */
  void start() {
    shared.blocking().start();
    startThread();
    Thread sweeper = new Thread(this::sweep, "guard-sweep");
    sweeper.setDaemon(true);
    sweeper.start();
  }

  private void startThread() {
    Thread thread = new Thread(null, this::receiveAll, "guard", STACK);
    thread.setDaemon(true);
    receiving.incrementAndGet();
    threads.add(thread);
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        threads.remove(thread);
        receiving.decrementAndGet();
      }
    }
  }

  /**
   * A thread is about to wait. Only one receives at a time: the kernel would wake all, on the
   * target's processor.
   */
  void receiveElsewhere() {
    if (receiving.get() > 0 || closed) {
      return;
    }
    if (idle.get() > 0) {
      wake.release();
    } else if (threads.size() < MOST) {
      startThread();
    }
  }

  private void receiveAll() {
    try {
      Notification call = listener.notification();
      CallHandler handler = new CallHandler(shared);
      while (!closed && listener.receive(call)) {
        receiving.decrementAndGet();
        long result = handle(handler, call);
        if (result != Results.GONE) {
          listener.answer(call, result);
        }
        if (receiving.incrementAndGet() > 1 && !rest()) {
          return;
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      closed = true;
      listener.close(); // what waits, and what comes, fails with ENOSYS
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /** Whatever goes wrong, the call is denied. */
  private static long handle(CallHandler handler, Notification call) {
    try {
      return handler.handle(call);
    } catch (IOException | RuntimeException | Error e) {
      return Results.EACCES;
    }
  }

  /** Waits until it is needed again; false when that takes too long. */
  private boolean rest() {
    receiving.decrementAndGet();
    idle.incrementAndGet();
    try {
      boolean needed = wake.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
      if (needed) {
        receiving.incrementAndGet();
      }
      return needed && !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      idle.decrementAndGet();
    }
  }

  private void sweep() {
    while (!closed) {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        return;
      }
      shared.table().forgetEnded();
      // A program can make the reading of its memory wait; no other is to wait with it.
      receiveElsewhere();
    }
  }

  /** Ends: all that was used is recorded first; then what waits, and what comes, fails. */
  void close() {
    shared.table().end();
    closed = true;
    shared.blocking().close();
    listener.close();
    shared.binder().close();
    wake.release(MOST);
  }
}
