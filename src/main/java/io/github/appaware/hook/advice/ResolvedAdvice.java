package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** A resolver of the JDK that reads a file of hosts and returns an array. */
public final class ResolvedAdvice {
  private ResolvedAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(0) String host,
      @Advice.Return InetAddress[] found,
      @Advice.FieldValue("hostsFile") String file) {
    Bridge.resolved(host, found, file);
  }
}
