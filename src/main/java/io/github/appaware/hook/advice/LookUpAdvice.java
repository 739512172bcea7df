package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/** {@code InetAddress.getAllByName0(host, ...)}: before the JDK's cache. */
public final class LookUpAdvice {
  private LookUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) String host) throws UnknownHostException {
    Bridge.lookUp(host);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit() {
    Bridge.lookedUp();
  }
}
