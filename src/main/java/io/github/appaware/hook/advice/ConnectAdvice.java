package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code Net.connect(family, fd, remote, port)}. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(2) InetAddress remote, @Advice.Argument(3) int port, @SocketType int type)
      throws IOException {
    Bridge.connect(remote, port, type);
  }
}
