package io.github.appaware.target;

import java.lang.reflect.Field;

/** Looks for the agent, as an application that wants to disable it would. */
public final class Probe {
  /** The field of the bridge that holds the checker. */
  public static final String CHECKER_FIELD = "CHECKER";

  private Probe() {}

  /** Prints what it finds. */
  public static void main(String[] arguments) {
    Module base = Object.class.getModule();
    System.out.println("sun.nio.ch open: " + base.isOpen("sun.nio.ch", Probe.class.getModule()));
    System.out.println("java.lang open: " + base.isOpen("java.lang", Probe.class.getModule()));
    System.out.println("bridge state: " + bridge());
    System.out.println("checker property: " + System.getProperties().get("appaware.checker"));
    boolean found =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getContextClassLoader)
            .anyMatch(loader -> loader != null && "appaware".equals(loader.getName()));
    System.out.println("agent loader on a thread: " + found);
  }

  private static String bridge() {
    try {
      Field checker = Class.forName("sun.nio.ch.AppawareBridge").getDeclaredField(CHECKER_FIELD);
      checker.setAccessible(true);
      checker.set(null, null);
      return "overwritten";
    } catch (ReflectiveOperationException | RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }
}
