package io.github.appaware.hook;

import io.github.appaware.bridge.LazyRandom;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * In {@code sun.nio.ch.UnixDomainSockets}: the static initializer does not ask for the directory,
 * and the bridge's answer replaces the field.
 */
final class LateDirectoryVisitor extends CountingVisitor {
  private static final String TEXT = "Ljava/lang/String;";

  @Override
  MethodVisitor rewriting(MethodVisitor method) {
    return new MethodVisitor(OpenedClassReader.ASM_API, method) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (name.equals("getTempDir") && descriptor.equals("()" + TEXT)) {
          found();
          super.visitInsn(Opcodes.ACONST_NULL);
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (opcode == Opcodes.GETSTATIC && name.equals("tempDir")) {
          found();
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              Type.getInternalName(LazyRandom.class),
              "directory",
              "()" + TEXT,
              false);
        } else {
          super.visitFieldInsn(opcode, owner, name, descriptor);
        }
      }
    };
  }
}
