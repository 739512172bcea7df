package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/**
 * {@code Inet4AddressImpl.isReachable(address, ...)} and the same of {@code Inet6AddressImpl}:
 * checked as a connection to the echo service, which the system makes if it may not send an ICMP
 * echo request.
 */
public final class ReachableAdvice {
  private ReachableAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(value = 0, readOnly = false) InetAddress address)
      throws IOException {
    address = Bridge.connectTo(address, 7, Bridge.STREAM); // RFC 862
  }
}
