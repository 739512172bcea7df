package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.nio.file.Path;
import net.bytebuddy.asm.Advice;

/** {@code UnixDomainSockets.bind(fd, path)}. */
public final class UnixBindAdvice {
  private UnixBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(1) Path path) throws IOException {
    Bridge.unixBind(path);
  }
}
