package io.github.appaware.hook;

import io.github.appaware.bridge.Arrivals;
import io.github.appaware.bridge.Inside;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractPlainSocketImpl.accept(socket)}, which native code lets wait for the field {@code
 * timeout}: repeated for what is left of it when the peer was refused.
 */
final class PlainAcceptAdvice {
  private PlainAcceptAdvice() {}

  @Advice.OnMethodEnter
  static long enter(@Advice.FieldValue("timeout") int timeout) {
    return Arrivals.deadline(timeout);
  }

  @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class, onThrowable = Throwable.class)
  static boolean exit(
      @Advice.Enter long deadline,
      @Advice.Argument(0) Object socket,
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
    Inside.SocketImpl accepted = (Inside.SocketImpl) socket;
    if (!Arrivals.refused(accepted.fd, accepted.address, accepted.port, accepted.localport)) {
      return false;
    }
    if (deadline != 0) {
      original = timeout;
      timeout = Arrivals.left(deadline, "Accept timed out");
    }
    return true;
  }
}
