package io.github.appaware.hook;

import net.bytebuddy.asm.AsmVisitorWrapper;

/** Changes calls inside a method and counts them: a hook whose calls are not found fails. */
abstract class CountingVisitor
    implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {
  private int sites;

  /** How many calls were found; known once the class is made. */
  final int sites() {
    return sites;
  }

  final void found() {
    sites++;
  }
}
