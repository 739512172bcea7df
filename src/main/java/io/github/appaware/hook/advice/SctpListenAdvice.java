package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.listen(fd, backlog)}. */
public final class SctpListenAdvice {
  private SctpListenAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int fd) throws IOException {
    Bridge.askAll(Bridge.LISTEN, JdkStubs.SctpNet.getLocalAddresses(fd));
  }
}
