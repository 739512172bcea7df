package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/**
 * {@code InetAddress.getAllByName0(host, reqAddr, check, ...)} of JDKs with security managers,
 * which that method asks first: the bridge does so instead, before the event.
 */
public final class ManagedLookUpAdvice {
  private ManagedLookUpAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) String host, @Advice.Argument(value = 2, readOnly = false) boolean check)
      throws UnknownHostException {
    check = Bridge.lookUp(host, check);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit() {
    Bridge.lookedUp();
  }
}
