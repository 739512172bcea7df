package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/** {@code DatagramChannelImpl.repairSocket(target)}. */
final class RepairAdvice {
  private RepairAdvice() {}

  @Advice.OnMethodEnter
  static void enter() {
    Bridge.repair();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit() {
    Bridge.repaired();
  }
}
