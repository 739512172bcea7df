package io.github.appaware.launch;

import io.github.appaware.event.Application;
import io.github.appaware.event.GuardMode;
import io.github.appaware.guard.Guard;
import io.github.appaware.identity.ProgramMeasurer;
import io.github.appaware.identity.TargetException;
import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.Linux;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The guard of one run, if it has one: found out on another thread while the server starts, as
 * native access takes a tenth of a second.
 */
final class RunGuard implements AutoCloseable {
  private final GuardMode mode;
  private final CompletableFuture<GuardCalls> calls = new CompletableFuture<>();
  private final ProgramMeasurer programs = new ProgramMeasurer();

  /** Null where there is none. */
  private Guard guard;

  private String absence = "";
  private boolean backed;

  private RunGuard(GuardMode mode) {
    this.mode = mode;
  }

  /**
   * Begins to find out whether there can be one.
   *
   * @param scratch the run's private directory
   */
  static RunGuard begin(GuardMode mode, Path scratch) {
    RunGuard made = new RunGuard(mode);
    if (mode == GuardMode.OFF) {
      made.absence = "switched off";
      return made;
    }
    Thread thread = new Thread(() -> made.find(scratch), "guard-probe");
    thread.setDaemon(true);
    thread.start();
    return made;
  }

  private void find(Path scratch) {
    try {
      GuardCalls found = Linux.guard(scratch);
      List<String> missing = found.missing();
      if (!missing.isEmpty()) {
        throw new IOException("missing: " + String.join(", ", missing));
      }
      calls.complete(found);
    } catch (IOException | RuntimeException | Error e) {
      calls.completeExceptionally(e);
    }
  }

  /**
   * Makes it ready, if it can be.
   *
   * @throws LaunchException when it can't, and must
   */
  void prepare(Path socket, String key, String token, Members members) throws LaunchException {
    if (mode == GuardMode.OFF) {
      return;
    }
    try {
      GuardCalls found = calls.join();
      guard = Guard.prepare(found, socket.toString(), key, token, pid -> measure(pid, members));
      backed = found.hasLandlock();
    } catch (IOException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      absence = String.valueOf(cause.getMessage());
    }
    if (guard == null && mode == GuardMode.ON) {
      throw new LaunchException(
          "the guard can't be had here: " + absence,
          "run `appaware doctor`, or go without it: --guard auto");
    }
  }

  private Application measure(long pid, Members members) throws IOException {
    try {
      Application measured = programs.measure(pid, members.parent(pid));
      members.label(pid, measured.label());
      return measured;
    } catch (TargetException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whether every network call of the run is judged. */
  boolean isOn() {
    return guard != null;
  }

  /** The level of protection in force, in words. */
  String level() {
    if (guard == null) {
      return "agent: what is not Java is not judged (guard: " + absence + ")";
    }
    return "guard: every network call is judged, Java or not"
        + (backed ? "" : " (without Landlock, which would back it)");
  }

  /** Starts the target, guarded or not. */
  Process start(ProcessBuilder target) throws IOException {
    return guard == null ? target.start() : guard.start(target::start);
  }

  /** Has everything recorded; what is left of the run has no network from now on. */
  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }
}
