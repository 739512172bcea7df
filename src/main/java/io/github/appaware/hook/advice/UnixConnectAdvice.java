package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.nio.file.Path;
import net.bytebuddy.asm.Advice;

/** {@code UnixDomainSockets.connect(fd, path)}. */
public final class UnixConnectAdvice {
  private UnixConnectAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(1) Path path) throws IOException {
    Bridge.unixConnect(path);
  }
}
