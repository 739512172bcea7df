package io.github.appaware.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts a call at the start of methods: {@code Bridge.method(first argument)}. It does that one
 * thing without a library for class files, which would cost a JVM that runs tests more than the
 * tests of many a module take. The call has four bytes, so that the padding of switches stays
 * right; what counts bytes of the code is shifted. Class files are described in chapter 4 of the
 * JVM specification.
 */
final class EntryCalls {
  /** {@code aload}, {@code invokestatic} and the two bytes of its operand. */
  static final int SHIFT = 4;

  private static final int MAGIC = 0xcafebabe;
  private static final int UTF8 = 1;
  private static final int STATIC = 0x0008;
  private static final int ALOAD_0 = 0x2a;
  private static final int INVOKESTATIC = 0xb8;
  private static final int MEMBER_HEAD = 6;

  private final String bridge;
  private final List<Call> calls;

  /**
   * A call.
   *
   * @param method the name of the method that calls
   * @param descriptor how its descriptor begins; the first parameter is an object
   * @param bridgeMethod what it calls
   */
  record Call(String method, String descriptor, String bridgeMethod) {}

  /** Texts of the constant pool, by index; null where there is another kind of constant. */
  private String[] texts;

  /**
   * For classes with these methods.
   *
   * @param bridge the internal name of the class that is called
   */
  EntryCalls(String bridge, List<Call> calls) {
    this.bridge = bridge;
    this.calls = calls;
  }

  /** The class file with the calls; null if none of the methods is in it, or it can't be read. */
  byte[] weave(byte[] offered) {
    ByteBuffer in = ByteBuffer.wrap(offered);
    try {
      if (in.getInt() != MAGIC) {
        return null;
      }
      int version = in.getInt();
      int constants = readTexts(in);
      int poolEnd = in.position();
      ByteArrayOutputStream rest = new ByteArrayOutputStream(offered.length);
      int used = copyMembers(in, new DataOutputStream(rest), constants);
      if (used == 0) {
        return null;
      }
      ByteArrayOutputStream woven = new ByteArrayOutputStream(offered.length + 1024);
      DataOutputStream out = new DataOutputStream(woven);
      out.writeInt(MAGIC);
      out.writeInt(version);
      out.writeShort(constants + added());
      out.write(offered, 10, poolEnd - 10);
      writeConstants(out, constants);
      rest.writeTo(out);
      return woven.toByteArray();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return null; // the JVM says what is wrong with it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the class, the class; and four constants for each call. */
  private int added() {
    return 2 + 4 * calls.size();
  }

  private static int reference(int constants, int call) {
    return constants + 2 + 4 * call;
  }

  private void writeConstants(DataOutputStream out, int constants) throws IOException {
    out.writeByte(UTF8);
    out.writeUTF(bridge);
    out.writeByte(7); // Class
    out.writeShort(constants);
    for (int i = 0; i < calls.size(); i++) {
      int at = reference(constants, i);
      out.writeByte(10); // Methodref
      out.writeShort(constants + 1);
      out.writeShort(at + 1);
      out.writeByte(12); // NameAndType
      out.writeShort(at + 2);
      out.writeShort(at + 3);
      out.writeByte(UTF8);
      out.writeUTF(calls.get(i).bridgeMethod());
      out.writeByte(UTF8);
      out.writeUTF("(Ljava/lang/Object;)V");
    }
  }

  /** Returns the number of constants; afterwards the buffer is behind them. */
  private int readTexts(ByteBuffer in) {
    int constants = in.getShort() & 0xffff;
    texts = new String[constants];
    for (int i = 1; i < constants; i++) {
      int tag = in.get();
      switch (tag) {
        case UTF8 -> {
          byte[] text = new byte[in.getShort() & 0xffff];
          in.get(text);
          texts[i] = new String(text, StandardCharsets.UTF_8);
        }
        case 7, 8, 16, 19, 20 -> skip(in, 2);
        case 15 -> skip(in, 3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(in, 4);
        case 5, 6 -> {
          skip(in, 8);
          i++;
        }
        default -> throw new IllegalArgumentException("constant " + tag);
      }
    }
    return constants;
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }

  /** Copies what follows the constants; returns the number of methods that were changed. */
  private int copyMembers(ByteBuffer in, DataOutputStream out, int constants) throws IOException {
    copy(in, out, MEMBER_HEAD); // access, this class, its superclass
    int interfaces = in.getShort(in.position()) & 0xffff;
    copy(in, out, 2 + 2 * interfaces);
    int changed = 0;
    for (boolean methods : new boolean[] {false, true}) {
      int count = in.getShort(in.position()) & 0xffff;
      copy(in, out, 2);
      for (int i = 0; i < count; i++) {
        int access = in.getShort(in.position()) & 0xffff;
        int call = methods ? call(in) : -1;
        copy(in, out, MEMBER_HEAD); // access, name, descriptor
        int attributes = in.getShort(in.position()) & 0xffff;
        copy(in, out, 2);
        for (int j = 0; j < attributes; j++) {
          if (call >= 0 && "Code".equals(texts[in.getShort(in.position()) & 0xffff])) {
            int load = (access & STATIC) == 0 ? ALOAD_0 + 1 : ALOAD_0;
            new CodeShift(texts).copy(in, out, entry(load, reference(constants, call)));
            changed++;
          } else {
            copy(in, out, MEMBER_HEAD + in.getInt(in.position() + 2));
          }
        }
      }
    }
    copy(in, out, in.remaining());
    return changed;
  }

  private static byte[] entry(int load, int reference) {
    return new byte[] {
      (byte) load, (byte) INVOKESTATIC, (byte) (reference >>> 8), (byte) reference
    };
  }

  /** Which call the member at the buffer's position gets, or -1. */
  private int call(ByteBuffer in) {
    String name = texts[in.getShort(in.position() + 2) & 0xffff];
    String descriptor = texts[in.getShort(in.position() + 4) & 0xffff];
    for (int i = 0; i < calls.size(); i++) {
      Call each = calls.get(i);
      if (each.method().equals(name) && descriptor.startsWith(each.descriptor())) {
        return i;
      }
    }
    return -1;
  }

  static void copy(ByteBuffer in, DataOutputStream out, int bytes) throws IOException {
    byte[] copied = new byte[bytes];
    in.get(copied);
    out.write(copied);
  }
}
