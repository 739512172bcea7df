package io.github.appaware.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * System calls that the JDK lacks. Each method throws {@link UnavailableException} where {@link
 * #unavailable} has a reason, and {@link SystemCallException} where the kernel refuses. Safe for
 * all threads.
 */
public interface SystemCalls {
  /** Why no call can be done here; empty where they can. */
  Optional<String> unavailable();

  /**
   * Makes this process the parent of descendants that are orphaned from now on, instead of init;
   * see {@link OrphanReaper} for what that asks of it.
   */
  void becomeSubreaper() throws IOException;

  /**
   * Whether other processes of the same user, root aside, may trace this one and read its memory.
   */
  void setDumpable(boolean dumpable) throws IOException;

  /**
   * The signal that this process gets when the <em>thread</em> that started it ends; 0 for none.
   */
  void setParentDeathSignal(int signal) throws IOException;

  /**
   * Sends a signal. The number may be another process's by now: where that matters, use {@link
   * #open}.
   */
  void kill(long pid, int signal) throws IOException;

  /** A hold on a process that stays with it, whatever becomes of its number (Linux 5.3). */
  ProcessDescriptor open(long pid) throws IOException;

  /**
   * Collects a child's exit status, if it has ended; never waits. Only for children that this
   * process adopted: the status of those that the JDK started is the JDK's to collect.
   *
   * @return empty when it still runs, or is no child of this process
   */
  Optional<ExitStatus> reap(long pid) throws IOException;

  /**
   * Makes a file without content or directory, which lives as long as this process.
   *
   * @param name for those who look at this process, at most 200 ASCII characters
   */
  SealedFile memory(String name) throws IOException;

  /** Takes its content once; from then on no process of any user can change it. */
  interface SealedFile {
    /** Below {@code /proc}, where processes of the same user can open it. */
    Path path();

    /** Writes the content, and has the kernel refuse any other. */
    void seal(byte[] content) throws IOException;
  }

  /** A process, whether it lives or not. Closing it leaves the process alone. */
  interface ProcessDescriptor extends AutoCloseable {
    /** Sends it a signal; nothing happens when it has ended. */
    void signal(int signal) throws IOException;

    /**
     * Waits for its end. The end of the JVM waits up to 300 ms for a thread in here.
     *
     * @return whether it has ended
     */
    boolean await(Duration atMost) throws IOException;

    @Override
    void close();
  }

  /**
   * How a process ended.
   *
   * @param code what it returned, or the number of the signal
   * @param signalled whether a signal ended it
   */
  record ExitStatus(int code, boolean signalled) {}
}
