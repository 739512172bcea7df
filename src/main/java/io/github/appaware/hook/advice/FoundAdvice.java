package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code InetAddress.getAddressesFromNameService(host)}: whichever resolver answered. */
public final class FoundAdvice {
  private FoundAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Argument(0) String host, @Advice.Return InetAddress[] found) {
    Bridge.found(host, found);
  }
}
