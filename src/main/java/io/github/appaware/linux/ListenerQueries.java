package io.github.appaware.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks up listeners without the slow tables, once that is worth it: system calls take tens of
 * milliseconds of processor time to load, so that a run with a few connections over loopback is
 * better off with the tables. Safe for all threads.
 */
final class ListenerQueries {
  /** Looks at the tables, which take some five milliseconds each, before anything is loaded. */
  private static final int SLOW = 12;

  private final Path scratch;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile SocketDiagnosis diagnosis;

  /**
   * Nothing is loaded yet.
   *
   * @param scratch as in {@link Linux#open}; null to stay with the tables
   */
  ListenerQueries(Path scratch) {
    this.scratch = scratch;
  }

  /** Empty where only the tables tell, now or for good. */
  Optional<List<SocketEntry>> on(int port) {
    SocketDiagnosis now = diagnosis;
    if (now == null) {
      if (scratch != null && asked.incrementAndGet() == SLOW) {
        Thread thread = new Thread(this::load, "system-calls");
        thread.setDaemon(true);
        thread.start();
      }
      return Optional.empty();
    }
    try {
      return Optional.of(now.listeners(port));
    } catch (IOException e) {
      diagnosis = null; // a kernel that does not tell: the tables do
      return Optional.empty();
    }
  }

  private void load() {
    diagnosis = Linux.diagnosis(scratch).orElse(null);
  }
}
