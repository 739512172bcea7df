package io.github.appaware.launch;

import io.github.appaware.launch.Launcher.Members;
import io.github.appaware.server.local.ProcessTerminator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the target's end, and stops it when its events are no longer decided: when the server
 * has ended, or when the agent in a JVM has not reported.
 */
final class Watchdog {
  /** Longer than any JVM takes to start. */
  private static final long HELLO_SECONDS = 30;

  /** Time for a target whose events are all denied to report that and end by itself. */
  private static final long GRACE_SECONDS = 2;

  private final Process target;
  private final ServerLink link;
  private final Members members;

  /** A watchdog; {@code members} is null for a target that is not a JVM itself. */
  Watchdog(Process target, ServerLink link, Members members) {
    this.target = target;
    this.link = link;
    this.members = members;
  }

  void await() throws LaunchException {
    CompletableFuture<?> end = target.onExit();
    if (members != null) {
      CompletableFuture<?> first = CompletableFuture.anyOf(end, link.lost(), members.reported());
      if (!isDone(first, HELLO_SECONDS)) {
        stop("no report from the agent in the target within " + HELLO_SECONDS + " s");
      }
    }
    join(CompletableFuture.anyOf(end, link.lost()));
    if (link.lost().isDone() && !isDone(end, GRACE_SECONDS)) {
      stop("the decision server is gone");
    }
    join(end);
  }

  private void stop(String why) throws LaunchException {
    ProcessTerminator.end(target.toHandle());
    join(target.onExit());
    throw new LaunchException(why + "; the target was stopped", "");
  }

  private static boolean isDone(CompletableFuture<?> future, long seconds) {
    try {
      future.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void join(CompletableFuture<?> future) {
    future.join();
  }
}
