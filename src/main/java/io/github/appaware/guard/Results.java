package io.github.appaware.guard;

/**
 * What a stopped call returns: a result of at least 0, or a negative error number of {@code
 * asm-generic/errno.h}.
 */
final class Results {
  /** The process executes another program by now: its memory and its identity are others. */
  static final long CHANGED = Long.MIN_VALUE + 1;

  /** No answer is needed: the process is gone. */
  static final long GONE = Long.MIN_VALUE;

  static final long DONE = 0;
  static final long EPERM = -1;
  static final long EINTR = -4;
  static final long EBADF = -9;
  static final long EAGAIN = -11;

  /** What a denied call returns: an error that programs know from firewalls. */
  static final long EACCES = -13;

  static final long EFAULT = -14;
  static final long EINVAL = -22;
  static final long EPIPE = -32;
  static final long EMSGSIZE = -90;
  static final long ENOBUFS = -105;

  /**
   * ERESTARTSYS: to the kernel alone, which runs the process's signal handler and then has the call
   * begin again, or return EINTR, as the handler was set up.
   */
  static final long RESTART = -512;

  private Results() {}
}
