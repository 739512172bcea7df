package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** A resolver of the JDK that answers with an array. */
final class ResolvedAdvice {
  private ResolvedAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    Bridge.resolved(host, found);
  }
}
