package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** A resolver of the JDK that returns an array. */
public final class ResolvedAdvice {
  private ResolvedAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    Bridge.resolved(host, found);
  }
}
