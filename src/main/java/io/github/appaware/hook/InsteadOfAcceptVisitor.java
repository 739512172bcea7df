package io.github.appaware.hook;

import io.github.appaware.bridge.InboundBridge;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** Replaces each call of {@code Net.accept} in a method by a method of the bridge. */
final class InsteadOfAcceptVisitor extends CountingVisitor {
  private static final String BRIDGE = Type.getInternalName(InboundBridge.class);

  private final String to;

  InsteadOfAcceptVisitor(String to) {
    this.to = to;
  }

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (owner.equals("sun/nio/ch/Net") && name.equals("accept")) {
          found();
          super.visitMethodInsn(opcode, BRIDGE, to, descriptor, isInterface);
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      }
    };
  }
}
