package io.github.appaware.linux;

import java.nio.ByteBuffer;

/**
 * syscall(2): any system call by its number. Safe for all threads; a call that blocks keeps only
 * its own thread waiting.
 */
interface NativeCall {
  /**
   * Does the call.
   *
   * @return its result, or the negative error number
   */
  long call(long number, long a, long b, long c, long d, long e, long f);

  /** The same, for a call of at most five arguments. */
  default long call(long number, long a, long b, long c, long d, long e) {
    return call(number, a, b, c, d, e, 0);
  }

  /**
   * Where a direct buffer begins; good as long as the buffer is reachable.
   *
   * @param buffer a direct buffer at position 0
   */
  long address(ByteBuffer buffer);
}
