package io.github.appaware.guard;

import io.github.appaware.linux.Notification;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SeccompListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Calls that may wait for long in another process's place. A signal for the waiting thread, which
 * the kernel does not deliver while its call is with the guard, interrupts the call as it would
 * have without the guard; so does the process's end, and the guard's own. Safe for all threads.
 */
final class BlockingCalls {
  /** Between two looks at the waiting threads: what a signal may take longer. */
  static final Duration LOOK = Duration.ofMillis(20);

  private static final int LOOKS_BEFORE_REST = 50;

  private record Waiting(long thread, Notification call, long caller) {}

  private final SeccompListener listener;
  private final ProcFs proc;
  private final Runnable whileWaiting;
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final Thread watch = new Thread(this::watch, "guard-signals");
  private volatile boolean closed;

  /** Whether the watching thread looks rarely, as no call has waited for some time. */
  private volatile boolean resting;

  /**
   * None yet.
   *
   * @param whileWaiting called at each look while calls wait: has others received meanwhile
   */
  BlockingCalls(SeccompListener listener, ProcFs proc, Runnable whileWaiting) {
    this.whileWaiting = whileWaiting;
    this.listener = listener;
    this.proc = proc;
  }

  void start() {
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Does a call that may wait.
   *
   * @param own the kernel's number of the calling thread
   * @return its result; {@link Results#RESTART} when a signal interrupted it, {@link Results#GONE}
   *     when the process has ended
   */
  long run(long own, Notification call, LongSupplier work) {
    waiting.put(own, new Waiting(own, call, call.thread()));
    if (resting) { // seldom: waking it costs as much as a short call
      LockSupport.unpark(watch);
    }
    try {
      while (true) {
        long result = work.getAsLong();
        if (result != Results.EINTR) {
          return result;
        }
        if (closed || !listener.isValid(call)) {
          return Results.GONE;
        }
        if (proc.hasSignal(call.thread())) {
          return Results.RESTART;
        }
      }
    } finally {
      waiting.remove(own);
    }
  }

  private void watch() {
    int idle = 0;
    while (!closed) {
      idle = waiting.isEmpty() ? idle + 1 : 0;
      resting = idle > LOOKS_BEFORE_REST;
      boolean rests = resting && waiting.isEmpty();
      LockSupport.parkNanos(rests ? TimeUnit.SECONDS.toNanos(1) : LOOK.toNanos());
      resting = false;
      if (!waiting.isEmpty()) {
        whileWaiting.run();
      }
      waiting.values().forEach(this::look);
    }
    while (!waiting.isEmpty()) {
      waiting.keySet().forEach(listener::interrupt);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void look(Waiting each) {
    if (!listener.isValid(each.call()) || proc.hasSignal(each.caller())) {
      listener.interrupt(each.thread());
    }
  }

  /** Interrupts all that wait, now and from now on. */
  void close() {
    closed = true;
    LockSupport.unpark(watch);
  }
}
