package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Inserts a first statement into a static initializer: {@code ((Consumer)
 * System.getProperties().remove("appaware.lookupLender")).accept(MethodHandles.lookup());}. This
 * lends the agent the class's right to define classes in its package, without opening the package
 * to any module.
 */
final class LookupLendingVisitor extends ClassVisitor {
  private boolean done;

  LookupLendingVisitor(ClassVisitor next) {
    super(OpenedClassReader.ASM_API, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (!name.equals("<clinit>")) {
      return method;
    }
    return new MethodVisitor(OpenedClassReader.ASM_API, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        line(this);
      }
    };
  }

  @Override
  public void visitEnd() {
    if (!done) {
      MethodVisitor method = super.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
      method.visitCode();
      line(method);
      method.visitInsn(Opcodes.RETURN);
      method.visitMaxs(0, 0);
      method.visitEnd();
    }
    super.visitEnd();
  }

  private void line(MethodVisitor method) {
    done = true;
    call(method, "java/lang/System", "getProperties", "()Ljava/util/Properties;");
    method.visitLdcInsn(Bridge.LENDER_PROPERTY);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        "java/util/Properties",
        "remove",
        "(Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    method.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/Consumer");
    call(
        method,
        "java/lang/invoke/MethodHandles",
        "lookup",
        "()Ljava/lang/invoke/MethodHandles$Lookup;");
    method.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        "java/util/function/Consumer",
        "accept",
        "(Ljava/lang/Object;)V",
        true);
  }

  private static void call(MethodVisitor method, String type, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, type, name, descriptor, false);
  }
}
