package io.github.appaware.target;

import java.lang.reflect.Field;

/** Looks for the agent, as an application that wants to be rid of it would. */
public final class Probe {
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
      Field judge = Class.forName("sun.nio.ch.AppawareBridge").getDeclaredField("JUDGE");
      judge.setAccessible(true);
      judge.set(null, null);
      return "overwritten";
    } catch (ReflectiveOperationException | RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }
}
