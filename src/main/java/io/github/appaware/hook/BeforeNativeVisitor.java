package io.github.appaware.hook;

import io.github.appaware.hook.Hook.BeforeNative;
import io.github.appaware.hook.Hook.BeforeNative.Then;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** Inserts a check before each call of a native method in another method. */
final class BeforeNativeVisitor extends CountingVisitor {
  private static final String TEXT = "Ljava/lang/String;";

  private final BeforeNative how;

  BeforeNativeVisitor(BeforeNative how) {
    this.how = how;
  }

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean hooked = owner.equals(how.owner()) && name.equals(how.name());
        if (hooked) {
          found();
        }
        if (hooked && how.then() == Then.SKIP) {
          skip(opcode, owner, name, descriptor, isInterface);
          return;
        }
        if (hooked) {
          check(Type.getArgumentTypes(descriptor));
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }

      /** The text that the bridge gets is on top of the stack, or one word lies above it. */
      private void check(Type[] arguments) {
        int above = arguments.length - 1 - how.argument();
        if (above > 1 || (above == 1 && arguments[arguments.length - 1].getSize() != 1)) {
          throw new IllegalStateException("too much lies above the argument");
        }
        if (how.then() == Then.REPLACE) {
          swap(above);
          bridge("(" + TEXT + ")" + TEXT);
          swap(above);
          return;
        }
        super.visitInsn(above == 1 ? Opcodes.DUP2 : Opcodes.DUP);
        if (above == 1) {
          super.visitInsn(Opcodes.POP);
        }
        bridge("(" + TEXT + ")V");
      }

      private void swap(int above) {
        if (above == 1) {
          super.visitInsn(Opcodes.SWAP);
        }
      }

      /** Nothing else is on the stack, and no variable is in use behind the call. */
      private void skip(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        Label denied = new Label();
        Label done = new Label();
        super.visitLdcInsn(how.what());
        bridge("(" + TEXT + ")Z");
        super.visitJumpInsn(Opcodes.IFEQ, denied);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        super.visitJumpInsn(Opcodes.GOTO, done);
        super.visitLabel(denied);
        super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        super.visitInsn(Opcodes.ICONST_0);
        super.visitLabel(done);
        super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {Opcodes.INTEGER});
      }

      private void bridge(String descriptor) {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            Type.getInternalName(how.bridge()),
            how.bridgeMethod(),
            descriptor,
            false);
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 2, maxLocals);
      }
    };
  }
}
