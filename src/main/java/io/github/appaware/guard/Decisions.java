package io.github.appaware.guard;

import io.github.appaware.event.Event;
import io.github.appaware.event.Verdict;
import io.github.appaware.linux.Notification;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SeccompListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for verdicts, as long as the call waits for its answer. Safe for all threads. */
final class Decisions {
  private final SeccompListener listener;
  private final ProcFs proc;

  Decisions(SeccompListener listener, ProcFs proc) {
    this.listener = listener;
    this.proc = proc;
  }

  /**
   * Whether an event may happen.
   *
   * @param beforeWaiting has other calls handled meanwhile; called again and again
   * @return {@link Results#DONE} if so, otherwise what the call returns
   */
  long decide(Notification call, GuardedProcess process, Event event, Runnable beforeWaiting) {
    Verdict known = process.link().known(event);
    if (known != null) {
      return result(known);
    }
    beforeWaiting.run();
    CompletableFuture<Verdict> verdict = process.link().ask(call.thread(), event);
    try {
      while (true) {
        try {
          return result(verdict.get(BlockingCalls.LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
          if (listener.isClosed() || !listener.isValid(call)) {
            return Results.GONE;
          }
          if (proc.hasSignal(call.thread())) {
            process.link().keep(call.thread(), event, verdict);
            return Results.RESTART;
          }
          beforeWaiting.run(); // the other thread may wait as well by now
        }
      }
    } catch (ExecutionException e) {
      return Results.EACCES;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Results.EACCES;
    }
  }

  private static long result(Verdict verdict) {
    return verdict.allowed() ? Results.DONE : Results.EACCES;
  }
}
