package io.github.appaware.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a program of classic BPF as the kernel does, for the instructions that seccomp allows. */
final class ClassicBpf {
  /** {@code sizeof(struct seccomp_data)}. */
  private static final int DATA_BYTES = 64;

  private final ByteBuffer program;

  ClassicBpf(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
  }

  /** What it returns for a call. */
  int run(int arch, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.nativeOrder());
    data.putInt(0, number).putInt(4, arch);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + 8 * i, arguments[i]);
    }
    int accumulator = 0;
    for (int pc = 0; ; pc++) {
      int at = 8 * pc;
      int code = program.getShort(at) & 0xffff;
      int onTrue = program.get(at + 2) & 0xff;
      int onFalse = program.get(at + 3) & 0xff;
      int value = program.getInt(at + 4);
      switch (code) {
        case 0x20 -> accumulator = load(data, value); // ld [value]
        case 0x54 -> accumulator &= value; // and #value
        case 0x05 -> pc += value; // ja
        case 0x15 -> pc += accumulator == value ? onTrue : onFalse; // jeq
        case 0x35 -> // jge
            pc += Integer.compareUnsigned(accumulator, value) >= 0 ? onTrue : onFalse;
        case 0x45 -> pc += (accumulator & value) != 0 ? onTrue : onFalse; // jset
        case 0x06 -> { // ret
          return value;
        }
        default -> throw new IllegalStateException("instruction 0x" + Integer.toHexString(code));
      }
    }
  }

  /** The kernel takes no program that loads from another offset. */
  private static int load(ByteBuffer data, int offset) {
    if (offset % 4 != 0 || offset > DATA_BYTES - 4) {
      throw new IllegalStateException("offset " + offset);
    }
    return data.getInt(offset);
  }
}
