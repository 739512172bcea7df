package io.github.appaware.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A file descriptor of pidfd_open(2). Closing it waits for the calls that use it. */
final class PidDescriptor implements SystemCalls.ProcessDescriptor {
  private static final short POLLIN = 1;
  private static final long NANOS = 1_000_000_000;

  private final NativeCall syscall;
  private final Architecture architecture;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private long descriptor;

  PidDescriptor(NativeCall syscall, Architecture architecture, long descriptor) {
    this.syscall = syscall;
    this.architecture = architecture;
    this.descriptor = descriptor;
  }

  @Override
  public void signal(int signal) throws IOException {
    use.readLock().lock();
    try {
      long result = syscall.call(Architecture.PIDFD_SEND_SIGNAL, open(), signal, 0, 0, 0);
      if (result != -Errno.ESRCH) {
        long unused = LinuxCalls.check("pidfd_send_signal", result);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public boolean await(Duration atMost) throws IOException {
    use.readLock().lock();
    try {
      return await(open(), System.nanoTime() + atMost.toNanos());
    } finally {
      use.readLock().unlock();
    }
  }

  private boolean await(long open, long deadline) throws IOException {
    ByteBuffer poll = LinuxCalls.memory(8).putInt(0, (int) open).putShort(4, POLLIN);
    ByteBuffer time = LinuxCalls.memory(16);
    try {
      long result;
      do {
        long left = Math.max(0, deadline - System.nanoTime());
        time.putLong(0, left / NANOS).putLong(8, left % NANOS);
        result =
            syscall.call(architecture.ppoll, syscall.address(poll), 1, syscall.address(time), 0, 0);
      } while (result == -Errno.EINTR);
      return LinuxCalls.check("ppoll", result) > 0;
    } finally {
      Reference.reachabilityFence(poll);
      Reference.reachabilityFence(time);
    }
  }

  private long open() throws IOException {
    if (descriptor < 0) {
      throw new IOException("closed");
    }
    return descriptor;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (descriptor >= 0) {
        long unused = syscall.call(architecture.close, descriptor, 0, 0, 0, 0);
        descriptor = -1;
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
