package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * The agent's doorway, the only class of it that the application's loader loads.
 *
 * <p>It must not touch any other class of this project by name, hold state that matters, throw, or
 * return without the hooks in place.
 */
public final class Premain {
  /** Written by the JVM's start-up thread alone. */
  private static String started;

  private Premain() {}

  /**
   * Called by the JVM before the application's main class is loaded; a second time when the agent
   * is named both on the command line and in the environment.
   *
   * @param options the path of a file as {@code wire.AgentOptions} writes it
   */
  @SuppressWarnings("unchecked")
  public static void premain(String options, Instrumentation instrumentation) {
    if (started != null) {
      if (!started.equals(options)) {
        AgentAbort.now("this process belongs to another run of appaware: runs can't be nested");
      }
      return;
    }
    started = String.valueOf(options);
    try {
      Path jar = Path.of(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ((BiConsumer<String, Instrumentation>)
              new AgentLoader(jar)
                  .loadClass("io.github.appaware.agent.AgentStart")
                  .getDeclaredConstructor()
                  .newInstance())
          .accept(options, instrumentation);
    } catch (Throwable failure) { // whatever it is: an unprotected application must not start
      AgentAbort.now("the agent can't start: " + failure);
    }
  }
}
