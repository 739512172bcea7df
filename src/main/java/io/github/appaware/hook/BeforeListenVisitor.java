package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** Inserts the check before each call of {@code Net.listen(fd, backlog)} in a method. */
final class BeforeListenVisitor extends CountingVisitor {
  private static final String NET = "sun/nio/ch/Net";
  private static final String BRIDGE = Type.getInternalName(Bridge.class);

  private final boolean unix;

  BeforeListenVisitor(boolean unix) {
    this.unix = unix;
  }

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (owner.equals(NET)
            && name.equals("listen")
            && descriptor.equals("(Ljava/io/FileDescriptor;I)V")) {
          found();
          check();
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }

      /** Stack before and after: fd, backlog. */
      private void check() {
        String from = unix ? "sun/nio/ch/UnixDomainSockets" : NET;
        String local = unix ? "Ljava/net/UnixDomainSocketAddress;" : "Ljava/net/InetSocketAddress;";
        super.visitInsn(Opcodes.DUP2);
        super.visitInsn(Opcodes.POP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            from,
            "localAddress",
            "(Ljava/io/FileDescriptor;)" + local,
            false);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            BRIDGE,
            unix ? "unixListen" : "listen",
            "(" + local + ")V",
            false);
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 2, maxLocals);
      }
    };
  }
}
