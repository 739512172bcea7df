package io.github.appaware.target;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;

/**
 * Another vendor's agent: changes {@code sun.nio.ch.Net} as it is loaded, in the least way that
 * gives another class file, by adding an unused constant. Loads it before the next agent comes.
 */
public final class EarlyAgent {
  private EarlyAgent() {}

  /** Called by the JVM; with options, they name one more class to load. */
  public static void premain(String options, Instrumentation instrumentation) throws Exception {
    instrumentation.addTransformer(new WithOneMoreConstant(), true);
    Class.forName("sun.nio.ch.Net", true, null);
    if (options != null) {
      Class.forName(options, true, null);
    }
  }

  private static final class WithOneMoreConstant implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
      if (!"sun/nio/ch/Net".equals(name)) {
        return null;
      }
      System.err.println("early agent changed " + name);
      return addConstant(bytes);
    }
  }

  /** Walks the constant pool (JVMS 4.4) to its end and appends an integer. */
  private static byte[] addConstant(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = in.getShort(8) & 0xffff;
    int at = 10;
    for (int i = 1; i < count; i++) {
      int tag = in.get(at);
      switch (tag) {
        case 1 -> at += 3 + (in.getShort(at + 1) & 0xffff);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
        case 5, 6 -> {
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> throw new IllegalStateException("tag " + tag);
      }
    }
    ByteBuffer out = ByteBuffer.allocate(bytes.length + 5);
    out.put(bytes, 0, at).put((byte) 3).putInt(42).put(bytes, at, bytes.length - at);
    out.putShort(8, (short) (count + 1));
    return out.array();
  }
}
