package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import io.github.appaware.bridge.Operation;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.branch(fd, association)}: the peer is not checked again later. */
public final class SctpBranchAdvice {
  private SctpBranchAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) int fd, @Advice.Argument(1) int association)
      throws IOException {
    Bridge.askAll(Operation.CONNECT, JdkStubs.SctpNet.getRemoteAddresses(fd, association));
  }
}
