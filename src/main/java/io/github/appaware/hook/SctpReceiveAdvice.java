package io.github.appaware.hook;

import io.github.appaware.bridge.Arrivals;
import io.github.appaware.bridge.Inside;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/**
 * {@code SctpMultiChannelImpl.receiveIntoNativeBuffer(fd, result, buffer, rem, pos)}, which its
 * callers repeat when it was interrupted. Notifications come from the system.
 */
final class SctpReceiveAdvice {
  private SctpReceiveAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(1) Object result,
      @Advice.Argument(2) ByteBuffer into,
      @Advice.Argument(4) int position,
      @Advice.FieldValue("port") int local,
      @Advice.Return(readOnly = false) int n) {
    Inside.ResultContainer message = (Inside.ResultContainer) result;
    if (n >= 0 && message.hasSomething() && !message.isNotification()) {
      InetSocketAddress from = (InetSocketAddress) message.getMessageInfo().address();
      n = Arrivals.receivedSctp(n, into, position, from, local);
      if (n < 0) {
        message.clear();
      }
    }
  }
}
