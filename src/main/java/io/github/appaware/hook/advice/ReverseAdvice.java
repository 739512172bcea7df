package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/**
 * {@code InetAddress.getHostFromNameService(address, ...)}, which returns the address if there is
 * no name.
 */
public final class ReverseAdvice {
  private ReverseAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static String enter(@Advice.Argument(0) InetAddress address) {
    return Bridge.reverse(address);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter String instead, @Advice.Return(readOnly = false) String returned) {
    Bridge.lookedUp();
    if (instead != null) {
      returned = instead;
    }
  }
}
