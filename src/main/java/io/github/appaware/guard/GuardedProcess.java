package io.github.appaware.guard;

import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.ProgramMemory;
import java.io.IOException;
import java.time.Duration;

/**
 * A process whose calls the guard handles, from its first call to its end or until it executes
 * another program: then its memory reads as nothing, and it is another guarded process.
 */
final class GuardedProcess {
  private final long pid;
  private final long started;
  private final ProgramMemory memory;
  private final ProcessLink link;

  private GuardedProcess(long pid, long started, ProgramMemory memory, ProcessLink link) {
    this.pid = pid;
    this.started = started;
    this.memory = memory;
    this.link = link;
  }

  /**
   * Holds a process.
   *
   * @param started tells it from others with the same number
   * @throws IOException when its memory may not be read
   */
  static GuardedProcess of(long pid, long started, GuardCalls calls, ProcessLink link)
      throws IOException {
    return new GuardedProcess(pid, started, calls.memory(pid), link);
  }

  long pid() {
    return pid;
  }

  long started() {
    return started;
  }

  ProgramMemory memory() {
    return memory;
  }

  /** Its connection to the decision server. */
  ProcessLink link() {
    return link;
  }

  /** Whether it still runs the same program. */
  boolean isCurrent() {
    return memory.isThere();
  }

  /** Has recorded what it used, and lets go of it. */
  void end(Duration atMost) {
    link.end(atMost);
    memory.close();
  }
}
