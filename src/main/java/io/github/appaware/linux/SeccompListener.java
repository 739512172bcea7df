package io.github.appaware.linux;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The guard's end of a seccomp filter (seccomp_unotify(2)): receives the calls that the filter
 * stopped, and answers them. When it is closed, those that wait and all later ones fail with
 * ENOSYS. Safe for all threads.
 */
public final class SeccompListener implements AutoCloseable {
  // ioctl(2) numbers of linux/seccomp.h
  private static final long RECEIVE = 0xC0502100L;
  private static final long SEND = 0xC0182101L;
  private static final long IS_VALID = 0x40082102L;
  private static final long SET_FLAGS = 0x40082104L;

  /** SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP, Linux 6.6: the target and the guard share a processor. */
  private static final long SYNC_WAKE_UP = 1;

  /** The signal by which the JDK interrupts its own blocking calls; it has a handler for it. */
  private static final int WAKE = 62;

  private static final long BETWEEN_WAKES = TimeUnit.MICROSECONDS.toNanos(100);

  private final NativeCall syscall;
  private final Architecture architecture;
  private final long descriptor;
  private final Set<Long> receiving = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SeccompListener(NativeCall syscall, Architecture architecture, long descriptor) {
    this.syscall = syscall;
    this.architecture = architecture;
    this.descriptor = descriptor;
    long unused = ioctl(SET_FLAGS, SYNC_WAKE_UP); // a matter of speed alone
  }

  private long ioctl(long request, long argument) {
    return syscall.call(CallNumber.IOCTL.on(architecture), descriptor, request, argument, 0, 0);
  }

  /** What the calling thread receives in. */
  public Notification notification() {
    return new Notification(syscall, architecture);
  }

  /**
   * Waits for the next call.
   *
   * @return false when this is closed
   */
  public boolean receive(Notification into) throws IOException {
    receiving.add(into.receiver);
    try {
      while (!closed) {
        into.received.clear(); // the kernel wants zeros
        long result = ioctl(RECEIVE, into.received.address());
        if (result == 0) {
          return true;
        }
        // ENOENT: the caller was killed meanwhile.
        if (result != -Errno.EINTR && result != -Errno.ENOENT) {
          throw new SystemCallException("SECCOMP_IOCTL_NOTIF_RECV", (int) -result);
        }
      }
      return false;
    } finally {
      receiving.remove(into.receiver);
    }
  }

  /** Whether the call still waits: what was read from its process meanwhile was that process's. */
  public boolean isValid(Notification call) {
    // The id is the first field.
    return ioctl(IS_VALID, call.received.address()) == 0;
  }

  /** Has the call return; nothing happens when its process was killed. */
  public void answer(Notification call, long result) {
    call.prepare(result);
    long unused = ioctl(SEND, call.answer.address());
  }

  /**
   * Interrupts a blocking system call of a thread of this process, which then fails with EINTR; to
   * be repeated until it has: it may not have begun.
   *
   * @param thread as {@link #currentThread} gave it
   */
  public void interrupt(long thread) {
    long self = syscall.call(CallNumber.GETPID.on(architecture), 0, 0, 0, 0, 0);
    long unused = syscall.call(CallNumber.TGKILL.on(architecture), self, thread, WAKE, 0, 0);
  }

  /** The kernel's number of the calling thread. */
  public long currentThread() {
    return syscall.call(CallNumber.GETTID.on(architecture), 0, 0, 0, 0, 0);
  }

  public boolean isClosed() {
    return closed;
  }

  /** Ends all receiving; the descriptor itself is closed when no thread is in there. */
  @Override
  public void close() {
    closed = true;
    for (int i = 0; !receiving.isEmpty() && i < 1_000; i++) {
      receiving.forEach(this::interrupt);
      LockSupport.parkNanos(BETWEEN_WAKES);
    }
    if (receiving.isEmpty()) {
      long unused = syscall.call(CallNumber.CLOSE.on(architecture), descriptor, 0, 0, 0, 0);
    }
  }
}
