package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.nio.file.Path;
import net.bytebuddy.asm.Advice;

/**
 * {@code UnixDomainSockets.connect(fd, path)}, led to the socket that was judged, whatever becomes
 * of the links in the path; and what was reached is compared with that.
 */
public final class UnixConnectAdvice {
  private UnixConnectAdvice() {}

  @Advice.OnMethodEnter
  static Object[] enter(@Advice.Argument(value = 1, readOnly = false) Path path)
      throws IOException {
    Object[] judged = Bridge.unixConnect(path);
    if (judged != null) {
      path = (Path) judged[0];
    }
    return judged;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter Object[] judged, @Advice.Return int n) throws IOException {
    if (judged != null) {
      Bridge.unixConnected(judged, n > 0);
    }
  }
}
