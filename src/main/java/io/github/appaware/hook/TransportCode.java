package io.github.appaware.hook;

import io.github.appaware.bridge.NativeTransportBridge;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Generates the code of one hook. */
final class TransportCode {
  private static final String BRIDGE = NativeTransportBridge.WOVEN_NAME.replace('.', '/');
  private static final String ERROR = "java/lang/UnsatisfiedLinkError";

  /** The parameter of Netty's methods that holds the datagrams, followed by the offset. */
  private static final int PACKETS = 2;

  private final MethodVisitor to;
  private final String type;
  private final String superType;
  private final boolean hasFrames;
  private final boolean isStatic;
  private final String name;
  private final String descriptor;
  private final Type[] parameters;
  private final Type result;

  TransportCode(
      MethodVisitor to,
      String type,
      String superType,
      boolean hasFrames,
      int access,
      String name,
      String descriptor) {
    this.to = to;
    this.type = type;
    this.superType = superType;
    this.hasFrames = hasFrames;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.name = name;
    this.descriptor = descriptor;
    this.parameters = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
  }

  /** The body of the method that replaces a native one; null for an unknown signature. */
  void replace(TransportHook row) {
    if (row == null) {
      to.visitLdcInsn(dotted());
      call("unknown", "(Ljava/lang/String;)L" + ERROR + ";");
      to.visitInsn(Opcodes.ATHROW);
      return;
    }
    switch (row.how()) {
      case BEFORE -> callBridge(row);
      case LIMIT -> {
        callBridge(row);
        to.visitVarInsn(Opcodes.ISTORE, slot(parameters.length - 1));
      }
      case BLIND -> {
        to.visitLdcInsn(dotted());
        callBridge(row);
      }
      case AFTER, AFTER_ACCEPT -> {
        again(row);
        return;
      }
      default -> throw new IllegalArgumentException(row.how().name());
    }
    callNative();
    to.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  /** Calls the native method until its result may be returned. */
  private void again(TransportHook row) {
    Label start = new Label();
    Label done = new Label();
    if (row.arguments().contains(TransportHook.CAPACITY)) {
      capacity(start);
    } else {
      to.visitInsn(Opcodes.NOP); // no frame may be at offset 0
      mark(start);
    }
    callNative();
    to.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot());
    callBridge(row);
    if (Type.getReturnType(row.bridgeDescriptor()).equals(Type.INT_TYPE)) {
      to.visitInsn(Opcodes.DUP);
      to.visitVarInsn(Opcodes.ISTORE, resultSlot());
      to.visitLdcInsn(NativeTransportBridge.AGAIN);
      to.visitJumpInsn(Opcodes.IF_ICMPEQ, start);
    } else if (row.how() == TransportHook.How.AFTER) {
      to.visitJumpInsn(Opcodes.IFEQ, start);
    } else {
      to.visitJumpInsn(Opcodes.IFNE, done);
      hangUp(row);
      to.visitJumpInsn(Opcodes.GOTO, start);
      to.visitLabel(done);
      if (hasFrames) {
        to.visitFrame(Opcodes.F_APPEND, 1, new Object[] {Opcodes.INTEGER}, 0, null);
      }
    }
    to.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot());
    to.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  /**
   * The capacity of the first datagram, which all others share; kept in the variable after the
   * result.
   */
  private void capacity(Label start) {
    to.visitInsn(Opcodes.ICONST_0);
    to.visitVarInsn(Opcodes.ISTORE, resultSlot());
    load(PACKETS);
    if (parameters[PACKETS].getSort() == Type.ARRAY) {
      load(PACKETS + 1);
      to.visitInsn(Opcodes.AALOAD);
    }
    call("capacity", "(Ljava/lang/Object;)I");
    to.visitVarInsn(Opcodes.ISTORE, resultSlot() + 1);
    to.visitLabel(start);
    if (hasFrames) {
      Object[] two = {Opcodes.INTEGER, Opcodes.INTEGER};
      to.visitFrame(Opcodes.F_APPEND, two.length, two, 0, null);
    }
  }

  /** Code at the start of a method. */
  void enter(TransportHook row) {
    if (row.how() == TransportHook.How.ENTRY_PROMISE) {
      promise(row);
      return;
    }
    if (row.how() == TransportHook.How.ENTRY_FAILED) {
      failed(row);
      return;
    }
    if (row.how() == TransportHook.How.ENTRY_BLIND) {
      to.visitLdcInsn(dotted());
    }
    callBridge(row);
    if (row.how() == TransportHook.How.ENTRY_ACCEPT) {
      Label goOn = new Label();
      to.visitJumpInsn(Opcodes.IFNE, goOn);
      close(slot(0));
      String exception = "java/io/IOException";
      to.visitTypeInsn(Opcodes.NEW, exception);
      to.visitInsn(Opcodes.DUP);
      to.visitLdcInsn("appaware: accept denied");
      to.visitMethodInsn(
          Opcodes.INVOKESPECIAL, exception, "<init>", "(Ljava/lang/String;)V", false);
      to.visitInsn(Opcodes.ATHROW);
      mark(goOn);
      to.visitInsn(Opcodes.NOP); // the method's own first frame needs another offset
    }
  }

  /** Code before a method returns the object on top of the stack. */
  void exit(TransportHook row) {
    to.visitInsn(Opcodes.DUP);
    for (int argument : row.arguments()) {
      load(argument);
    }
    call(row);
  }

  /** Fails the method's promise, its last parameter, and returns, if the bridge says so. */
  private void failed(TransportHook row) {
    callBridge(row);
    failPromise(parameters.length - 1);
  }

  /** Fails the method's promise and returns it, if the bridge says so of the question's name. */
  private void promise(TransportHook row) {
    int question = row.arguments().get(0);
    load(question);
    String named = parameters[question].getInternalName();
    to.visitMethodInsn(Opcodes.INVOKEINTERFACE, named, "name", "()Ljava/lang/String;", true);
    call(row);
    failPromise(row.arguments().get(1));
  }

  /** Fails a promise with the object on top of the stack, and returns, unless that is null. */
  private void failPromise(int promise) {
    Label goOn = new Label();
    Label failed = new Label();
    to.visitInsn(Opcodes.DUP);
    to.visitJumpInsn(Opcodes.IFNONNULL, failed);
    to.visitInsn(Opcodes.POP);
    to.visitJumpInsn(Opcodes.GOTO, goOn);
    to.visitLabel(failed);
    if (hasFrames) {
      to.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
    }
    load(promise);
    to.visitInsn(Opcodes.SWAP);
    String promised = parameters[promise].getInternalName();
    boolean isReturned = !result.equals(Type.VOID_TYPE);
    to.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        promised,
        isReturned ? "setFailure" : "failed",
        "(Ljava/lang/Throwable;)" + (isReturned ? "L" + promised + ";" : "V"),
        true);
    to.visitInsn(isReturned ? Opcodes.ARETURN : Opcodes.RETURN);
    mark(goOn);
    to.visitInsn(Opcodes.NOP); // the method's own first frame needs another offset
  }

  private void hangUp(TransportHook row) {
    if (row.arguments().size() == 1) {
      close(resultSlot());
    } else { // junixsocket has a method for it
      load(row.arguments().get(1));
      to.visitMethodInsn(Opcodes.INVOKESTATIC, type, "close", "(Ljava/io/FileDescriptor;)V", false);
    }
  }

  /** As Netty does it, by the file descriptor. */
  private void close(int slot) {
    String descriptorType =
        type.contains("/uring/")
            ? type.replace("incubator/", "").replaceFirst("/uring/.*", "/unix/FileDescriptor")
            : superType;
    to.visitTypeInsn(Opcodes.NEW, descriptorType);
    to.visitInsn(Opcodes.DUP);
    to.visitVarInsn(Opcodes.ILOAD, slot);
    to.visitMethodInsn(Opcodes.INVOKESPECIAL, descriptorType, "<init>", "(I)V", false);
    to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, descriptorType, "close", "()V", false);
  }

  private void mark(Label label) {
    to.visitLabel(label);
    if (hasFrames) {
      to.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
  }

  private void callBridge(TransportHook row) {
    for (int argument : row.arguments()) {
      load(argument);
    }
    call(row);
  }

  private void call(TransportHook row) {
    to.visitMethodInsn(
        Opcodes.INVOKESTATIC, row.bridge(), row.bridgeMethod(), row.bridgeDescriptor(), false);
  }

  private void call(String method, String methodDescriptor) {
    to.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, methodDescriptor, false);
  }

  private void callNative() {
    if (!isStatic) {
      load(TransportHook.THIS);
    }
    for (int i = 0; i < parameters.length; i++) {
      load(i);
    }
    to.visitMethodInsn(
        isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
        type,
        NativeTransportBridge.PREFIX + name,
        descriptor,
        false);
  }

  private void load(int argument) {
    switch (argument) {
      case TransportHook.THIS -> to.visitVarInsn(Opcodes.ALOAD, 0);
      case TransportHook.CAPACITY -> to.visitVarInsn(Opcodes.ILOAD, resultSlot() + 1);
      case TransportHook.RESULT -> to.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot());
      default -> to.visitVarInsn(parameters[argument].getOpcode(Opcodes.ILOAD), slot(argument));
    }
  }

  private int resultSlot() {
    return slot(parameters.length);
  }

  private int slot(int parameter) {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameter; i++) {
      slot += parameters[i].getSize();
    }
    return slot;
  }

  private String dotted() {
    return type.replace('/', '.') + "." + name;
  }
}
