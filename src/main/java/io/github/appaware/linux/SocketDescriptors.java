package io.github.appaware.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The number of a channel's file descriptor, which the JDK does not tell. Opening its package
 * ({@code --add-opens}) would cost every JVM the archived module graph; instead, a number is set as
 * the channel's {@code SO_LINGER}, which has no effect on a Unix-domain socket, and the descriptor
 * with that number is looked for.
 */
final class SocketDescriptors {
  private static final int SOL_SOCKET = 1;
  private static final int SO_LINGER = 13;

  /** The largest number of descriptors that the JDK raises its own limit to by default. */
  private static final int MOST = 1 << 20;

  /** Consecutive numbers that are no descriptor, after which there is hardly one more. */
  private static final int GAP = 4_096;

  /** The kernel's limit is 65,535; small ones are in use elsewhere. */
  private static final int LEAST_MARK = 10_000;

  private static final int MOST_MARK = 60_000;
  private static final long EBADF = -9;

  private final NativeCall syscall;
  private final Architecture architecture;

  SocketDescriptors(NativeCall syscall, Architecture architecture) {
    this.syscall = syscall;
    this.architecture = architecture;
  }

  /**
   * Reads an option of the level {@code SOL_SOCKET}.
   *
   * @return how many bytes it has, or the negative error number
   */
  long option(int descriptor, int name, ByteBuffer value) {
    ByteBuffer length = LinuxCalls.memory(4).putInt(0, value.capacity());
    long result = option(descriptor, name, value, length);
    return result < 0 ? result : length.getInt(0);
  }

  private long option(int descriptor, int name, ByteBuffer value, ByteBuffer length) {
    try {
      return syscall.call(
          architecture.getsockopt,
          descriptor,
          SOL_SOCKET,
          name,
          syscall.address(value),
          syscall.address(length));
    } finally {
      Reference.reachabilityFence(value);
      Reference.reachabilityFence(length);
    }
  }

  /** One look-up at a time, so that no mark is there twice. */
  synchronized int of(SocketChannel channel) throws IOException {
    int before = channel.getOption(StandardSocketOptions.SO_LINGER);
    try {
      int mark = ThreadLocalRandom.current().nextInt(LEAST_MARK, MOST_MARK);
      channel.setOption(StandardSocketOptions.SO_LINGER, mark);
      int descriptor = find(mark);
      // That it follows shows that it is the channel's and not one of the same mark.
      channel.setOption(StandardSocketOptions.SO_LINGER, mark + 1);
      if (!isMarked(descriptor, mark + 1)) {
        throw new IOException("the file descriptor of the socket can't be found");
      }
      return descriptor;
    } finally {
      channel.setOption(StandardSocketOptions.SO_LINGER, before);
    }
  }

  private int find(int mark) throws IOException {
    ByteBuffer linger = LinuxCalls.memory(8);
    ByteBuffer length = LinuxCalls.memory(4);
    int unused = 0;
    for (int descriptor = 0; descriptor < MOST && unused < GAP; descriptor++) {
      length.putInt(0, linger.capacity());
      long result = option(descriptor, SO_LINGER, linger, length);
      unused = result == EBADF ? unused + 1 : 0;
      if (result == 0 && linger.getInt(0) != 0 && linger.getInt(4) == mark) {
        return descriptor;
      }
    }
    throw new IOException("the file descriptor of the socket can't be found");
  }

  private boolean isMarked(int descriptor, int mark) {
    ByteBuffer linger = LinuxCalls.memory(8);
    return option(descriptor, SO_LINGER, linger) == linger.capacity()
        && linger.getInt(0) != 0
        && linger.getInt(4) == mark;
  }
}
