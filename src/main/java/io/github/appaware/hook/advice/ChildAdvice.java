package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/**
 * {@code ProcessImpl.start(command, environment, ...)}: the child gets the agent too, and must be
 * what was judged.
 */
public final class ChildAdvice {
  private ChildAdvice() {}

  @Advice.OnMethodEnter
  @SuppressWarnings({"unchecked", "UnusedVariable"}) // inlined: the parameters are the variables
  static Object enter(
      @Advice.Argument(value = 0, readOnly = false) String[] command,
      @Advice.Argument(value = 1, readOnly = false) Map<String, String> environment,
      @Advice.Argument(2) String directory)
      throws IOException {
    Object[] replaced = Bridge.child(command, environment, directory);
    command = (String[]) replaced[0];
    environment = (Map<String, String>) replaced[1];
    return replaced[2];
  }

  @Advice.OnMethodExit
  static void exit(@Advice.Enter Object program, @Advice.Return Process process)
      throws IOException {
    if (program != null) {
      Bridge.started(process, program);
    }
  }
}
