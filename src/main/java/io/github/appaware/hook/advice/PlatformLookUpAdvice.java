package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/**
 * The JDK's own resolver, where a query leaves the process: checked unless {@link LookUpAdvice}
 * did, and its result links the name to addresses.
 */
public final class PlatformLookUpAdvice {
  private PlatformLookUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) String host) throws UnknownHostException {
    Bridge.query(host);
  }

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    Bridge.resolved(host, found);
  }
}
