package io.github.appaware.hook;

import io.github.appaware.bridge.Arrivals;
import java.io.IOException;
import java.nio.channels.Channel;
import net.bytebuddy.asm.Advice;

/** {@code InheritedChannel.createChannel()}. */
final class InheritedAdvice {
  private InheritedAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Return(readOnly = false) Channel channel) throws IOException {
    channel = Arrivals.inherited(channel);
  }
}
