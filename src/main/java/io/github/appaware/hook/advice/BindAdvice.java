package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code Net.bind(family, fd, local, port)}. */
public final class BindAdvice {
  private BindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(value = 2, readOnly = false) InetAddress local,
      @Advice.Argument(3) int port,
      @SocketType int type)
      throws IOException {
    local = Bridge.bindTo(local, port, type);
  }
}
