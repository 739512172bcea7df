package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetAddress;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;

/** A resolver of the JDK that reads a file of hosts and returns a stream. */
public final class ResolvedStreamAdvice {
  private ResolvedStreamAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(0) String host,
      @Advice.Return(readOnly = false) Stream<InetAddress> found,
      @Advice.FieldValue("hostsFile") String file) {
    found = Bridge.resolved(host, found, file);
  }
}
