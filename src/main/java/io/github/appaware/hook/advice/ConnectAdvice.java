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
      @Advice.Argument(value = 2, readOnly = false) InetAddress remote,
      @Advice.Argument(3) int port,
      @SocketType int type)
      throws IOException {
    Object stack = Bridge.stack();
    int known = Bridge.transport(stack); // a system call less
    remote = Bridge.connectTo(remote, port, known == 0 ? type : known, stack);
  }
}
