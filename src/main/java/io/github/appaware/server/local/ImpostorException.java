package io.github.appaware.server.local;

import java.io.IOException;

/** A process is not what it says it is. */
public final class ImpostorException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long pid;

  /**
   * By the kernel's word.
   *
   * @param pid its number
   * @param message for the client and the user
   */
  public ImpostorException(long pid, String message) {
    super(message);
    this.pid = pid;
  }

  /** The number of the process. */
  public long pid() {
    return pid;
  }
}
