package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import java.io.IOException;
import java.nio.channels.Channel;
import net.bytebuddy.asm.Advice;

/** {@code InheritedChannel.createChannel()}. */
public final class InheritedAdvice {
  private InheritedAdvice() {}

  @Advice.OnMethodExit
  static void exit(@Advice.Return(readOnly = false) Channel channel) throws IOException {
    channel = InboundBridge.inherited(channel);
  }
}
