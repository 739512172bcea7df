package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import io.github.appaware.bridge.Operation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/**
 * {@code SctpMultiChannelImpl.sendFromNativeBuffer(fd, buffer, target, association, ...)}: without
 * a target, it sends to an association that the peer may have opened.
 */
public final class SctpSendAdvice {
  private SctpSendAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) int fd,
      @Advice.Argument(value = 2, readOnly = false) SocketAddress target,
      @Advice.Argument(3) int association)
      throws IOException {
    if (target instanceof InetSocketAddress inet) {
      target = Bridge.sendTo(inet, Bridge.SCTP);
    } else {
      Bridge.askAll(Operation.SEND, JdkStubs.SctpNet.getRemoteAddresses(fd, association));
    }
  }
}
