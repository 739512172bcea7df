package io.github.appaware.launch;

import io.github.appaware.identity.Target;
import io.github.appaware.server.local.ProcessTerminator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the target's end, and stops it when its events are no longer decided: when the server
 * has ended, or when the agent in a JVM has not reported. A JVM that ended with success before its
 * agent reported has failed.
 */
final class Watchdog {
  /** Longer than any JVM takes to start. */
  static final long HELLO_SECONDS = 30;

  /** Time for a target whose events are all denied to report that and end by itself. */
  private static final long GRACE_SECONDS = 2;

  private final Process process;
  private final ServerLink link;
  private final Members members;

  Watchdog(Process process, ServerLink link, Members members) {
    this.process = process;
    this.link = link;
    this.members = members;
  }

  void await() throws LaunchException {
    CompletableFuture<?> end = process.onExit();
    if (isJvm()) {
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
    if (isJvm() && process.exitValue() == 0 && !members.reported().isDone()) {
      requireNothingRan(members.target());
    }
    members.requireOwnFiles();
  }

  private boolean isJvm() {
    return members.target().java().isPresent();
  }

  /**
   * A JVM that can't start says so by its status. Some options have it print something and end
   * before it loads an agent.
   */
  private void requireNothingRan(Target target) {
    if (!target.endsBeforeAgents()) {
      members.fail("the target's JVM ended without a report from its agent: nothing was judged");
    }
  }

  private void stop(String why) throws LaunchException {
    ProcessTerminator.end(process.toHandle());
    join(process.onExit());
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
