package io.github.appaware.hook;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;

/** Changes calls inside a method and counts them: a hook that finds no call fails. */
abstract class CountingVisitor
    implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {
  private int sites;

  /** How many calls were found; valid once the class is built. */
  final int sites() {
    return sites;
  }

  final void found() {
    sites++;
  }

  @Override
  public final MethodVisitor wrap(
      TypeDescription instrumentedType,
      MethodDescription instrumentedMethod,
      MethodVisitor methodVisitor,
      Implementation.Context implementationContext,
      TypePool typePool,
      int writerFlags,
      int readerFlags) {
    return rewriting(methodVisitor);
  }

  /** Passes a method's instructions on to another visitor, the changed ones changed. */
  abstract MethodVisitor rewriting(MethodVisitor methodVisitor);
}
