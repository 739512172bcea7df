package io.github.appaware.hook;

import io.github.appaware.bridge.InboundBridge;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** Replaces each {@code buffer instanceof DirectBuffer} in a method by a method of the bridge. */
final class OwnBufferVisitor extends CountingVisitor {
  private static final String BRIDGE = Type.getInternalName(InboundBridge.class);

  private final int connected;

  OwnBufferVisitor(int connected) {
    this.connected = connected;
  }

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.INSTANCEOF && type.equals("sun/nio/ch/DirectBuffer")) {
          found();
          String arguments = "Ljava/nio/ByteBuffer;Z";
          if (connected < 0) {
            super.visitInsn(Opcodes.ICONST_0);
          } else {
            super.visitVarInsn(Opcodes.ILOAD, connected);
            super.visitVarInsn(Opcodes.ALOAD, 0);
            WatchedPeerVisitor.loadPeer(mv);
            arguments += WatchedPeerVisitor.PEER_TYPE;
          }
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, BRIDGE, "mayFill", "(" + arguments + ")Z", false);
        } else {
          super.visitTypeInsn(opcode, type);
        }
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 2, maxLocals);
      }
    };
  }
}
