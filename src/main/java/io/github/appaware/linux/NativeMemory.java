package io.github.appaware.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory of this process that system calls read and write. Its address stays the same as long as it
 * is reachable, which its owner sees to. Not for several threads.
 */
public final class NativeMemory {
  /** Positions are given with each access; the buffer's own stays 0. */
  private final ByteBuffer bytes;

  private final long address;

  NativeMemory(NativeCall syscall, int size) {
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    address = syscall.address(bytes);
  }

  /** The content, in the byte order of this machine; absolute access alone. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Where it begins. */
  public long address() {
    return address;
  }

  public int size() {
    return bytes.capacity();
  }

  /** A copy of the first bytes. */
  public byte[] copy(int length) {
    byte[] copy = new byte[length];
    bytes.get(0, copy);
    return copy;
  }

  void clear() {
    for (int i = 0; i < bytes.capacity(); i += Long.BYTES) {
      bytes.putLong(i, 0);
    }
  }

  /** Puts a text, and a zero behind it. */
  NativeMemory put(String text) {
    byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
    bytes.put(0, raw).put(raw.length, (byte) 0);
    return this;
  }
}
