package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import java.io.IOException;
import java.net.DatagramPacket;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractPlainDatagramSocketImpl.receive(packet)}, which waits in native code for the time
 * in the field {@code timeout}: repeated with the remaining time if the datagram was denied.
 */
public final class PlainReceiveAdvice {
  private PlainReceiveAdvice() {}

  @Advice.OnMethodEnter
  static long enter(@Advice.FieldValue("timeout") int timeout) {
    return InboundBridge.deadline(timeout);
  }

  @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class, onThrowable = Throwable.class)
  static boolean exit(
      @Advice.Enter long deadline,
      @Advice.Argument(0) DatagramPacket packet,
      @Advice.Local("original") int original,
      @Advice.FieldValue("connected") boolean connected,
      @Advice.FieldValue("localPort") int localPort,
      @Advice.FieldValue(value = "timeout", readOnly = false) int timeout,
      @Advice.Thrown Throwable failure)
      throws IOException {
    if (original != 0) {
      timeout = original;
    }
    if (failure != null || connected || InboundBridge.received(packet, localPort)) {
      return false;
    }
    if (deadline != 0) {
      original = timeout;
      timeout = InboundBridge.left(deadline, "Receive timed out");
    }
    return true;
  }
}
