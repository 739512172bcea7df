package io.github.appaware.hook.advice;

import io.github.appaware.bridge.NativeTransportBridge;
import net.bytebuddy.asm.Advice;

/**
 * {@code InstrumentationImpl.loadClassAndCallAgentmain(className, options)}: an agent was loaded
 * into the running JVM, by attaching, by a diagnostic command or by the manifest of the main jar.
 */
public final class AgentAdvice {
  private AgentAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) String className) {
    NativeTransportBridge.agent(className);
  }
}
