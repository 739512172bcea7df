package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/** {@code ProcessImpl.start(command, environment, ...)}: the child gets the agent too. */
public final class ChildAdvice {
  private ChildAdvice() {}

  @Advice.OnMethodEnter
  @SuppressWarnings({"unchecked", "UnusedVariable"}) // inlined: the parameters are the variables
  static void enter(
      @Advice.Argument(value = 0, readOnly = false) String[] command,
      @Advice.Argument(value = 1, readOnly = false) Map<String, String> environment,
      @Advice.Argument(2) String directory)
      throws IOException {
    Object[] replaced = Bridge.child(command, environment, directory);
    command = (String[]) replaced[0];
    environment = (Map<String, String>) replaced[1];
  }
}
