package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/**
 * {@code InetAddress.getAddressesFromNameService(host, ...)}: {@code getLocalHost} calls it
 * directly.
 */
final class QueryAdvice {
  private QueryAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) String host) throws UnknownHostException {
    Bridge.query(host);
  }
}
