package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import java.io.FileDescriptor;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code UnixDomainSockets.accept(fd, newfd, paths)}. */
public final class UnixAcceptAdvice {
  private UnixAcceptAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(1) FileDescriptor accepted,
      @Advice.Argument(2) String[] peer,
      @Advice.Return(readOnly = false) int n)
      throws IOException {
    n = InboundBridge.unixAccepted(n, accepted, peer);
  }
}
