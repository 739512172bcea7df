package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.Inside;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.listen(fd, backlog)}. */
final class SctpListenAdvice {
  private SctpListenAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int fd) throws IOException {
    Bridge.askAll(Bridge.LISTEN, Inside.SctpNet.getLocalAddresses(fd));
  }
}
