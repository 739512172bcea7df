package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import io.github.appaware.bridge.JdkStubs;
import java.io.IOException;
import java.net.DatagramPacket;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractPlainDatagramSocketImpl.receive(packet)}, which waits in native code for the time
 * in the field {@code timeout}: repeated with the remaining time if the datagram was denied. It
 * receives into a packet of our own, as another thread could read the program's before the verdict.
 */
public final class PlainReceiveAdvice {
  private PlainReceiveAdvice() {}

  @Advice.OnMethodEnter
  static long enter(
      @Advice.FieldValue("timeout") int timeout,
      @Advice.FieldValue("connected") boolean connected,
      @Advice.Argument(value = 0, readOnly = false) DatagramPacket packet,
      @Advice.Local("given") DatagramPacket given) {
    if (packet != null && !connected) {
      given = packet;
      int length = ((JdkStubs.Packet) (Object) given).bufLength;
      packet = new DatagramPacket(InboundBridge.memory(length), length);
    }
    return InboundBridge.deadline(timeout);
  }

  @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class, onThrowable = Throwable.class)
  static boolean exit(
      @Advice.Enter long deadline,
      @Advice.Argument(0) DatagramPacket packet,
      @Advice.Local("given") DatagramPacket given,
      @Advice.Local("original") int original,
      @Advice.FieldValue("localPort") int localPort,
      @Advice.FieldValue(value = "timeout", readOnly = false) int timeout,
      @Advice.Thrown Throwable failure)
      throws IOException {
    if (original != 0) {
      timeout = original;
    }
    if (failure != null || given == null) {
      return false;
    }
    if (InboundBridge.received(packet, localPort)) {
      JdkStubs.Packet from = (JdkStubs.Packet) (Object) packet;
      JdkStubs.Packet to = (JdkStubs.Packet) (Object) given;
      System.arraycopy(from.buf, 0, to.buf, to.offset, from.length);
      to.length = from.length;
      to.address = from.address;
      to.port = from.port;
      return false;
    }
    if (deadline != 0) {
      original = timeout;
      timeout = InboundBridge.left(deadline, "Receive timed out");
    }
    return true;
  }
}
