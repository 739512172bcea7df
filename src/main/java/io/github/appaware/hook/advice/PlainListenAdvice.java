package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainSocketImpl.listen(backlog)}, which knows the port only. */
public final class PlainListenAdvice {
  private PlainListenAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.FieldValue("localport") int port) throws IOException {
    Bridge.listen(null, port, Bridge.STREAM);
  }
}
