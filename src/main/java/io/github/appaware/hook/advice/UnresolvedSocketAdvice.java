package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import net.bytebuddy.asm.Advice;

/** {@code NioSocketImpl.connect(remote, timeout)}. */
public final class UnresolvedSocketAdvice {
  private UnresolvedSocketAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) SocketAddress address) throws UnknownHostException {
    Bridge.unresolved(address);
  }
}
