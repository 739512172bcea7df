package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import io.github.appaware.bridge.JdkStubs;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * {@code AbstractPlainSocketImpl.accept(socket)}, which waits in native code for the time in the
 * field {@code timeout}: repeated with the remaining time if the peer was denied. It accepts into a
 * socket of our own, as a program that subclasses {@code ServerSocket} holds the other and could
 * send urgent data on it before the verdict.
 */
public final class PlainAcceptAdvice {
  private PlainAcceptAdvice() {}

  @Advice.OnMethodEnter
  static long enter(
      @Advice.FieldValue("timeout") int timeout,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object socket,
      @Advice.Local("given") Object given) {
    given = socket;
    if (given != null) {
      socket = new JdkStubs.PlainSocketImpl(false);
    }
    return InboundBridge.deadline(timeout);
  }

  @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class, onThrowable = Throwable.class)
  static boolean exit(
      @Advice.Enter long deadline,
      @Advice.Argument(0) Object socket,
      @Advice.Local("given") Object given,
      @Advice.Local("original") int original,
      @Advice.FieldValue(value = "timeout", readOnly = false) int timeout,
      @Advice.Thrown Throwable failure)
      throws IOException {
    if (original != 0) {
      timeout = original;
    }
    if (failure != null) {
      return false;
    }
    JdkStubs.SocketImpl accepted = (JdkStubs.SocketImpl) socket;
    if (!InboundBridge.refused(accepted.fd, accepted.address, accepted.port, accepted.localport)) {
      JdkStubs.SocketImpl to = (JdkStubs.SocketImpl) given;
      to.fd = accepted.fd;
      to.address = accepted.address;
      to.port = accepted.port;
      to.localport = accepted.localport;
      return false;
    }
    if (deadline != 0) {
      original = timeout;
      timeout = InboundBridge.left(deadline, "Accept timed out");
    }
    return true;
  }
}
