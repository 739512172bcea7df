package io.github.appaware.hook;

import io.github.appaware.bridge.InboundBridge;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** Replaces each call of {@code Net.accept} in a method by a method of the bridge. */
final class InsteadOfAcceptVisitor extends CountingVisitor {
  private static final String BRIDGE = Type.getInternalName(InboundBridge.class);

  private final String to;

  InsteadOfAcceptVisitor(String to) {
    this.to = to;
  }

  @Override
  public MethodVisitor wrap(
      TypeDescription instrumentedType,
      MethodDescription instrumentedMethod,
      MethodVisitor methodVisitor,
      Implementation.Context implementationContext,
      TypePool typePool,
      int writerFlags,
      int readerFlags) {
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
