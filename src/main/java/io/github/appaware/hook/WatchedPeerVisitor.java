package io.github.appaware.hook;

import io.github.appaware.bridge.InboundBridge;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Replaces each call of {@code IOUtil.read} and {@code IOUtil.write} in a method of a channel of
 * datagrams by the bridge's method of that name. The peer is read under the channel's lock, as the
 * JDK has taken it before the call, so that it is the peer of this very datagram.
 */
final class WatchedPeerVisitor extends CountingVisitor {
  /** The type of the channel's field that has the peer. */
  static final String PEER_TYPE = "Ljava/net/InetSocketAddress;";

  private static final String BRIDGE = Type.getInternalName(InboundBridge.class);

  /** Replaces the channel on the stack by its peer. */
  static void loadPeer(MethodVisitor to) {
    to.visitFieldInsn(
        Opcodes.GETFIELD, "sun/nio/ch/DatagramChannelImpl", "remoteAddress", PEER_TYPE);
  }

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (owner.equals("sun/nio/ch/IOUtil") && (name.equals("read") || name.equals("write"))) {
          found();
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitInsn(Opcodes.DUP);
          loadPeer(mv);
          String more = descriptor.replace(")", "Ljava/lang/Object;" + PEER_TYPE + ")");
          super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, name, more, false);
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 2, maxLocals);
      }
    };
  }
}
