package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import io.github.appaware.bridge.JdkStubs;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/**
 * {@code SctpMultiChannelImpl.receiveIntoNativeBuffer(fd, result, buffer, rem, pos)}, which its
 * callers repeat if it was interrupted. Notifications come from the kernel and pass.
 */
public final class SctpReceiveAdvice {
  private SctpReceiveAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(1) Object result,
      @Advice.Argument(2) ByteBuffer into,
      @Advice.Argument(4) int position,
      @Advice.FieldValue("port") int local,
      @Advice.Return(readOnly = false) int n) {
    JdkStubs.ResultContainer message = (JdkStubs.ResultContainer) result;
    if (n >= 0 && message.hasSomething() && !message.isNotification()) {
      InetSocketAddress from = (InetSocketAddress) message.getMessageInfo().address();
      n = InboundBridge.receivedSctp(n, into, position, from, local);
      if (n < 0) {
        message.clear();
      }
    }
  }
}
