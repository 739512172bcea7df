package io.github.appaware.hook.advice;

import io.github.appaware.bridge.LazyRandom;
import java.util.Random;
import net.bytebuddy.asm.Advice;

/** {@code UnixDomainSockets.getRandom()}: no event, only makes the agent's start cheaper. */
public final class RandomAdvice {
  private RandomAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Random enter() {
    return new LazyRandom();
  }

  @Advice.OnMethodExit
  @SuppressWarnings("UnusedVariable") // inlined: the parameter is the variable
  static void exit(@Advice.Enter Random lazy, @Advice.Return(readOnly = false) Random returned) {
    returned = lazy;
  }
}
