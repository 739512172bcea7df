package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code DatagramChannelImpl.repairSocket(target)}. */
public final class RepairAdvice {
  private RepairAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) InetSocketAddress target) {
    Bridge.repair(target);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit() {
    Bridge.repaired();
  }
}
