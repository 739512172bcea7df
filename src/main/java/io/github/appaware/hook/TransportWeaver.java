package io.github.appaware.hook;

import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.hook.TransportHook.How;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Weaves one class of the {@link TransportTable}, in any version. A native method gets another
 * name, under which the JVM still finds its code ({@code Instrumentation.setNativeMethodPrefix}),
 * and a method with hooks replaces it, so that no caller, not even by reflection, bypasses the
 * hooks.
 */
final class TransportWeaver extends ClassVisitor {
  private static final Pattern PACKAGE = Pattern.compile("L[^;]*/");

  private final List<TransportHook> rows;
  private final Set<String> names;
  private final boolean isData;
  private String type;
  private String superType;
  private boolean hasFrames;
  private boolean changed;

  private TransportWeaver(ClassVisitor next, String suffix) {
    super(OpenedClassReader.ASM_API, next);
    rows = TransportTable.of(suffix);
    names = rows.stream().map(TransportHook::method).collect(Collectors.toSet());
    isData = suffix.equals(NativeTransports.NETTY_PACKET);
  }

  /**
   * Weaves a class.
   *
   * @param suffix one of the constants of {@link NativeTransports}
   * @param offered its class file
   * @return the woven class file, or null if it has nothing to hook
   */
  static byte[] weave(String suffix, byte[] offered) {
    ClassReader reader = OpenedClassReader.of(offered);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    TransportWeaver weaver = new TransportWeaver(writer, suffix);
    reader.accept(weaver, 0);
    return weaver.changed ? writer.toByteArray() : null;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String superName, String[] types) {
    type = name;
    superType = superName;
    hasFrames = (version & 0xffff) >= Opcodes.V1_6;
    changed = isData;
    super.visit(
        version, isData ? access | Opcodes.ACC_PUBLIC : access, name, signature, superName, types);
  }

  /** The bridge reads the fields of a class that only holds data. */
  @Override
  public FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    int open = (access & ~(Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED)) | Opcodes.ACC_PUBLIC;
    return super.visitField(isData ? open : access, name, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    boolean isNative = (access & Opcodes.ACC_NATIVE) != 0;
    TransportHook row = find(name, descriptor, isNative);
    if (isNative && names.contains(name)) {
      changed = true;
      MethodVisitor hooked =
          super.visitMethod(access & ~Opcodes.ACC_NATIVE, name, descriptor, signature, exceptions);
      hooked.visitCode();
      new TransportCode(hooked, type, superType, hasFrames, access, name, descriptor).replace(row);
      hooked.visitMaxs(0, 0);
      hooked.visitEnd();
      return super.visitMethod(
          access, NativeTransportBridge.PREFIX + name, descriptor, signature, exceptions);
    }
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (row == null || (access & Opcodes.ACC_ABSTRACT) != 0) {
      return method;
    }
    changed = true;
    return new MethodVisitor(OpenedClassReader.ASM_API, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        if (row.how() != How.EXIT) {
          code(mv).enter(row);
        }
      }

      @Override
      public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN && row.how() == How.EXIT) {
          code(mv).exit(row);
        }
        super.visitInsn(opcode);
      }

      private TransportCode code(MethodVisitor to) {
        return new TransportCode(to, type, superType, hasFrames, access, name, descriptor);
      }
    };
  }

  private TransportHook find(String name, String descriptor, boolean isNative) {
    String simple = PACKAGE.matcher(descriptor).replaceAll("L");
    return rows.stream()
        .filter(row -> row.method().equals(name) && row.descriptor().equals(simple))
        .filter(row -> row.isNative() == isNative)
        .findFirst()
        .orElse(null);
  }
}
