package io.github.appaware.linux;

import java.io.IOException;

/**
 * A hold on a thread whose call the guard handles, by which its sockets are duplicated:
 * pidfd_open(2), pidfd_getfd(2). It stays with that thread, whatever becomes of its number.
 */
public final class GuardedThread implements AutoCloseable {
  /** ESRCH, negative. */
  public static final int ENDED = -Errno.ESRCH;

  /** {@code PIDFD_THREAD}, Linux 6.9. */
  private static final int PIDFD_THREAD = 0x80;

  private final NativeCall syscall;
  private final Architecture architecture;
  private long descriptor;

  private GuardedThread(NativeCall syscall, Architecture architecture, long descriptor) {
    this.syscall = syscall;
    this.architecture = architecture;
    this.descriptor = descriptor;
  }

  /**
   * Of a thread.
   *
   * @param process the number of its process, which is used where the kernel can't hold a thread
   */
  static GuardedThread open(
      NativeCall syscall, Architecture architecture, long thread, long process) throws IOException {
    int open = CallNumber.PIDFD_OPEN.on(architecture);
    long result = syscall.call(open, thread, PIDFD_THREAD, 0, 0, 0);
    if (result == -Errno.EINVAL) {
      result = syscall.call(open, process, 0, 0, 0, 0);
    }
    return new GuardedThread(syscall, architecture, LinuxCalls.check("pidfd_open", result));
  }

  /**
   * Duplicates a descriptor of the thread: both stand for the same open file.
   *
   * @return the duplicate's number in this process, or a negative error number: {@link #ENDED} when
   *     the thread has ended
   */
  public synchronized int duplicate(int number) {
    if (descriptor < 0) {
      return ENDED;
    }
    return (int)
        syscall.call(
            CallNumber.PIDFD_GETFD.on(architecture),
            descriptor,
            Integer.toUnsignedLong(number),
            0,
            0,
            0);
  }

  @Override
  public synchronized void close() {
    if (descriptor >= 0) {
      long unused = syscall.call(CallNumber.CLOSE.on(architecture), descriptor, 0, 0, 0, 0);
      descriptor = -1;
    }
  }
}
