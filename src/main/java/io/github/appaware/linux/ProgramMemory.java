package io.github.appaware.linux;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The memory of a program that another process runs: {@code /proc/PID/mem}. It stays with the
 * program: once the process has ended or executes another one, there is nothing to read, whatever
 * is at these addresses then.
 */
public final class ProgramMemory implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;

  private final NativeCall syscall;
  private final Architecture architecture;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final NativeMemory probe;
  private long descriptor;

  private ProgramMemory(NativeCall syscall, Architecture architecture, long descriptor) {
    this.syscall = syscall;
    this.architecture = architecture;
    this.descriptor = descriptor;
    this.probe = new NativeMemory(syscall, Long.BYTES);
  }

  /** Whether the process still runs that program: page 0 is there in none, and can't be read. */
  public boolean isThere() {
    return access(CallNumber.PREAD, 0, probe.address(), 1) != 0;
  }

  /**
   * Of what a process runs now.
   *
   * @throws SystemCallException when it may not be read: it runs as another user, or has made
   *     itself unreadable
   */
  static ProgramMemory open(NativeCall syscall, Architecture architecture, long process)
      throws IOException {
    NativeMemory path = new NativeMemory(syscall, 64).put("/proc/" + process + "/mem");
    long result =
        syscall.call(
            CallNumber.OPENAT.on(architecture), AT_FDCWD, path.address(), O_RDWR | O_CLOEXEC, 0, 0);
    return new ProgramMemory(
        syscall, architecture, LinuxCalls.check("open /proc/" + process + "/mem", result));
  }

  /**
   * Reads.
   *
   * @param offset where to put it
   * @return the bytes that were read, fewer where the program has no more memory; 0 when the
   *     program is gone; a negative error number when there is no memory at all
   */
  public int read(long address, NativeMemory into, int offset, int length) {
    return access(CallNumber.PREAD, address, into.address() + offset, length);
  }

  /** Writes; the result is that of {@link #read}. */
  public int write(long address, NativeMemory from, int offset, int length) {
    return access(CallNumber.PWRITE, address, from.address() + offset, length);
  }

  private int access(CallNumber call, long address, long own, int length) {
    use.readLock().lock();
    try {
      return descriptor < 0
          ? 0
          : (int) syscall.call(call.on(architecture), descriptor, own, length, address, 0);
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (descriptor >= 0) {
        long unused = syscall.call(CallNumber.CLOSE.on(architecture), descriptor, 0, 0, 0, 0);
        descriptor = -1;
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
