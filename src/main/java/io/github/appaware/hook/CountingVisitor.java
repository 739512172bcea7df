package io.github.appaware.hook;

import net.bytebuddy.asm.AsmVisitorWrapper;

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
}
