package io.github.appaware.hook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * What a class file holds, as far as tests of weaving ask.
 *
 * @param head version, access, name, superclass and interfaces
 * @param members fields and methods, each with access, descriptor, signature and exceptions
 * @param asking the methods, name and descriptor, that call the bridge
 * @param strings every text in the constant pool: names, descriptors, literals
 */
record ClassFile(String head, List<String> members, Set<String> asking, List<String> strings) {
  /** The bridge and what goes with it, by internal name. */
  private static final String BRIDGE = "sun/nio/ch/Appaware";

  /** What other modules than {@code java.base} call. */
  private static final String BRIDGE_FOR_ALL = "java/nio/channels/Appaware";

  private static final int UTF8 = 1;

  static ClassFile of(byte[] bytes) {
    ClassReader reader = OpenedClassReader.of(bytes);
    Collector collector = new Collector();
    reader.accept(collector, 0);
    return new ClassFile(collector.head, collector.members, collector.asking, strings(reader));
  }

  static boolean isBridge(String name) {
    return name.startsWith(BRIDGE) || name.startsWith(BRIDGE_FOR_ALL);
  }

  /** By the layout of the JVM specification, section 4.4. */
  private static List<String> strings(ClassReader reader) {
    List<String> strings = new ArrayList<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      if (offset != 0 && reader.readByte(offset - 1) == UTF8) {
        int length = reader.readUnsignedShort(offset);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at++) {
          text.append((char) reader.readByte(offset + 2 + at));
        }
        strings.add(text.toString());
      }
    }
    return strings;
  }

  private static final class Collector extends ClassVisitor {
    private final List<String> members = new ArrayList<>();
    private final Set<String> asking = new LinkedHashSet<>();
    private String head = "";

    Collector() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] faces) {
      head = version + " " + access + " " + name + " " + parent + " " + List.of(faces);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      members.add(access + " " + name + " " + descriptor + " " + signature + " " + value);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      List<String> thrown = exceptions == null ? List.of() : List.of(exceptions);
      members.add(access + " " + name + descriptor + " " + signature + " " + thrown);
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String of, boolean isInterface) {
          if (isBridge(owner)
              && (opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL)) {
            asking.add(name + descriptor);
          }
        }
      };
    }
  }
}
