package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Inserts the check into {@code SocksSocketImpl.connect(target, timeout)}: before it makes the
 * stream that it writes to the proxy with, when it has connected to the proxy.
 */
final class BeforeSocksVisitor extends CountingVisitor {
  private static final String SOCKS = "java/net/SocksSocketImpl";
  private static final String TEXT = "Ljava/lang/String;";

  @Override
  MethodVisitor rewriting(MethodVisitor methodVisitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, methodVisitor) {
      @Override
      public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW && type.equals("java/io/BufferedOutputStream")) {
          found();
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitFieldInsn(Opcodes.GETFIELD, SOCKS, "server", TEXT);
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitFieldInsn(Opcodes.GETFIELD, SOCKS, "serverPort", "I");
          super.visitVarInsn(Opcodes.ALOAD, 1);
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              Type.getInternalName(Bridge.class),
              "socks",
              "(" + TEXT + "ILjava/net/SocketAddress;)V",
              false);
        }
        super.visitTypeInsn(opcode, type);
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 3, maxLocals);
      }
    };
  }
}
