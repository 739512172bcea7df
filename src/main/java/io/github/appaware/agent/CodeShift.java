package io.github.appaware.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies the code of a method with an instruction before it, and shifts what counts its bytes. */
final class CodeShift {
  private static final int SHIFT = EntryCalls.SHIFT;
  private static final int FULL_FRAME = 255;
  private static final int SAME_FRAME = 63;
  private static final int ONE_ITEM = 127;
  private static final int ONE_ITEM_EXTENDED = 247;
  private static final int SAME_EXTENDED = 251;
  private static final int OBJECT = 7;
  private static final int UNINITIALIZED = 8;

  /** From here on the offset of a frame is written out. */
  private static final int FIRST_EXTENDED = ONE_ITEM_EXTENDED;

  private final String[] texts;

  /**
   * For a class.
   *
   * @param texts of its constant pool, by index
   */
  CodeShift(String[] texts) {
    this.texts = texts;
  }

  /** Copies the attribute {@code Code}, which begins at the buffer's position. */
  void copy(ByteBuffer in, DataOutputStream out, byte[] entry) throws IOException {
    out.writeShort(in.getShort());
    int unused = in.getInt();
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    DataOutputStream code = new DataOutputStream(attribute);
    code.writeShort(Math.max(1, in.getShort() & 0xffff));
    code.writeShort(in.getShort());
    int length = in.getInt();
    code.writeInt(length + entry.length);
    code.write(entry);
    EntryCalls.copy(in, code, length);
    int handlers = in.getShort() & 0xffff;
    code.writeShort(handlers);
    for (int i = 0; i < handlers; i++) {
      for (int j = 0; j < 3; j++) {
        code.writeShort(in.getShort() + SHIFT);
      }
      code.writeShort(in.getShort());
    }
    attributes(in, code);
    out.writeInt(attribute.size());
    attribute.writeTo(out);
  }

  /** Annotations of types in the code, which nothing reads at run time, are left out. */
  private void attributes(ByteBuffer in, DataOutputStream code) throws IOException {
    int count = in.getShort() & 0xffff;
    int kept = 0;
    ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(attributes);
    for (int i = 0; i < count; i++) {
      int name = in.getShort();
      byte[] content = new byte[in.getInt()];
      in.get(content);
      byte[] shifted =
          switch (texts[name & 0xffff]) {
            case "LineNumberTable" -> shifted(content, 4);
            case "LocalVariableTable", "LocalVariableTypeTable" -> shifted(content, 10);
            case "StackMapTable" -> frames(ByteBuffer.wrap(content));
            case "RuntimeVisibleTypeAnnotations", "RuntimeInvisibleTypeAnnotations" -> null;
            default -> content;
          };
      if (shifted != null) {
        out.writeShort(name);
        out.writeInt(shifted.length);
        out.write(shifted);
        kept++;
      }
    }
    code.writeShort(kept);
    attributes.writeTo(code);
  }

  /** A table whose rows begin with a position. */
  private static byte[] shifted(byte[] table, int row) {
    ByteBuffer rows = ByteBuffer.wrap(table);
    for (int at = 2; at < table.length; at += row) {
      rows.putShort(at, (short) (rows.getShort(at) + SHIFT));
    }
    return table;
  }

  /** The position of the first frame is its own; the others count from the one before. */
  private static byte[] frames(ByteBuffer in) throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(table);
    int count = in.getShort() & 0xffff;
    out.writeShort(count);
    for (int i = 0; i < count; i++) {
      int type = in.get() & 0xff;
      int offset =
          type <= SAME_FRAME
              ? type
              : type <= ONE_ITEM ? type - SAME_FRAME - 1 : in.getShort() & 0xffff;
      head(out, type, i == 0 ? offset + SHIFT : offset);
      body(in, out, type);
    }
    return table.toByteArray();
  }

  private static void head(DataOutputStream out, int type, int offset) throws IOException {
    if (type >= FIRST_EXTENDED) {
      out.writeByte(type);
      out.writeShort(offset);
    } else if (offset <= SAME_FRAME) {
      out.writeByte(type <= SAME_FRAME ? offset : offset + SAME_FRAME + 1);
    } else {
      out.writeByte(type <= SAME_FRAME ? SAME_EXTENDED : ONE_ITEM_EXTENDED);
      out.writeShort(offset);
    }
  }

  private static void body(ByteBuffer in, DataOutputStream out, int type) throws IOException {
    if (type == FULL_FRAME) {
      types(in, out, counted(in, out));
      types(in, out, counted(in, out));
    } else if (type > SAME_EXTENDED) {
      types(in, out, type - SAME_EXTENDED);
    } else if ((type > SAME_FRAME && type <= ONE_ITEM) || type == ONE_ITEM_EXTENDED) {
      types(in, out, 1);
    }
  }

  private static int counted(ByteBuffer in, DataOutputStream out) throws IOException {
    int count = in.getShort() & 0xffff;
    out.writeShort(count);
    return count;
  }

  /** An object that is not yet initialized is known by the position where it was made. */
  private static void types(ByteBuffer in, DataOutputStream out, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int tag = in.get();
      out.writeByte(tag);
      if (tag == OBJECT) {
        out.writeShort(in.getShort());
      } else if (tag == UNINITIALIZED) {
        out.writeShort(in.getShort() + SHIFT);
      }
    }
  }
}
