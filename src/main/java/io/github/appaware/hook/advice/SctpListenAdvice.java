package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import io.github.appaware.bridge.Operation;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.listen(fd, backlog)}. */
public final class SctpListenAdvice {
  private SctpListenAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int fd) throws IOException {
    Bridge.askAll(Operation.LISTEN, JdkStubs.SctpNet.getLocalAddresses(fd));
  }
}
