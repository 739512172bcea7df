package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * The agent's entry point, and its only class that the application's class loader loads.
 *
 * <p>It must not touch any other class of this project by name, hold state that matters, throw, or
 * return without the hooks in place.
 */
public final class Premain {
  /** Written by the JVM's start-up thread only. */
  private static String startOptions;

  private Premain() {}

  /**
   * Called by the JVM before the application's main class is loaded; twice if both the command line
   * and the environment name the agent.
   *
   * @param options the path of a file as {@code wire.AgentOptions} writes it
   */
  @SuppressWarnings("unchecked")
  public static void premain(String options, Instrumentation instrumentation) {
    if (startOptions != null) {
      if (!startOptions.equals(options)) {
        AgentAbort.now("this process belongs to another run of appaware: runs can't be nested");
      }
      return;
    }
    startOptions = String.valueOf(options);
    try {
      Path jar = Path.of(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ((BiConsumer<String, Instrumentation>)
              new AgentLoader(jar)
                  .loadClass("io.github.appaware.agent.AgentStart")
                  .getDeclaredConstructor()
                  .newInstance())
          .accept(options, instrumentation);
    } catch (Throwable failure) { // including errors: an unprotected application must not start
      AgentAbort.now("the agent can't start: " + failure);
    }
  }
}
