package io.github.appaware.server;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends a process and what it started: politely, then, after two seconds, not. */
public final class Ending {
  private static final long GRACE_SECONDS = 2;

  private Ending() {}

  /** Returns when the process is gone. */
  public static void end(ProcessHandle target) {
    List<ProcessHandle> all = Stream.concat(Stream.of(target), target.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      target.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It had its time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Stream.concat(all.stream(), target.descendants()).forEach(ProcessHandle::destroyForcibly);
  }
}
