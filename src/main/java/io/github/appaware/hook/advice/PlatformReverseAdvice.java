package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/**
 * {@code InetAddress.PlatformResolver.lookupByAddress(address)}, which a resolver of the
 * application can call.
 */
public final class PlatformReverseAdvice {
  private PlatformReverseAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) byte[] address) throws UnknownHostException {
    Bridge.reverseQuery(address);
  }
}
