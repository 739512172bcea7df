package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Set;

/**
 * The few things of the JDK's inside that the agent uses; equal on JDK 17 to 25. They are opened to
 * the agent's own loader alone: the application's modules see them as closed as ever.
 */
final class Internals {
  /** Behind the JDK's own hooks: console (0), the application's (1), files to delete (2). */
  private static final int LAST_SLOT = 3;

  private Internals() {}

  static void openTo(Module own, Instrumentation instrumentation) {
    Set<Module> us = Set.of(own);
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("sun.nio.ch", us, "java.lang", us),
        Set.of(),
        Map.of());
  }

  /**
   * The JDK's own provider, whatever the application put on its class path: that one would get the
   * agent's connection into its hands.
   */
  static SelectorProvider selectorProvider() throws ReflectiveOperationException {
    Class<?> holder = Class.forName("sun.nio.ch.DefaultSelectorProvider", true, null);
    return (SelectorProvider) holder.getMethod("get").invoke(null);
  }

  /** Runs it when the application's shutdown hooks are through: they may use the network too. */
  static void atTheVeryEnd(Runnable action) throws ReflectiveOperationException {
    Method add =
        Class.forName("java.lang.Shutdown", true, null)
            .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
    add.setAccessible(true);
    add.invoke(null, LAST_SLOT, false, action);
  }
}
