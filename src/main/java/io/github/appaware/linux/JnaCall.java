package io.github.appaware.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** By JNA, for JDK 17 to 21. */
final class JnaCall implements NativeCall {
  /** What JNA binds to the C library's function of that name. */
  private static final class Library {
    private Library() {}

    static native long syscall(long number, long a, long b, long c, long d, long e, long f);
  }

  private JnaCall() {}

  /**
   * Loads JNA's native library and binds the call.
   *
   * @param scratch directories to unpack it in, best first
   * @throws UnavailableException when it can't be loaded from any of them
   */
  static JnaCall open(Architecture architecture, List<Path> scratch) throws UnavailableException {
    JnaLibrary.load(architecture, scratch);
    try {
      Native.register(Library.class, "c");
      return new JnaCall();
    } catch (LinkageError | RuntimeException e) {
      throw new UnavailableException("JNA can't be used: " + e.getMessage());
    }
  }

  @Override
  public long call(long number, long a, long b, long c, long d, long e, long f) {
    long result = Library.syscall(number, a, b, c, d, e, f);
    return result == -1 ? -Native.getLastError() : result;
  }

  @Override
  public long address(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }
}
