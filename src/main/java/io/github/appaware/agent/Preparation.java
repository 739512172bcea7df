package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/**
 * What of the start needs neither the options nor the hooks, on a thread of its own beside them:
 * opens the package of the bridge, and loads what the self-test will need and no hook is in.
 */
final class Preparation extends Thread {
  private static final String PACKAGE = "sun.nio.ch";

  private final Instrumentation instrumentation;
  private volatile Throwable failure;

  Preparation(Instrumentation instrumentation) {
    super("appaware-preparation");
    this.instrumentation = instrumentation;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      open();
      Class.forName("sun.net.ext.ExtendedSocketOptions", true, null);
      Class.forName("jdk.net.ExtendedSocketOptions", true, null);
    } catch (ClassNotFoundException e) {
      // An image without jdk.net: nothing needs it then.
    } catch (Throwable e) { // told by await
      failure = e;
    }
  }

  /**
   * To the agent's own loader alone: for the application the package is as closed as ever. Equal on
   * JDK 17 to 25.
   */
  private void open() {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of(PACKAGE, Set.of(Preparation.class.getModule())),
        Set.of(),
        Map.of());
  }

  /** Waits for its end. */
  void await() throws Refusal {
    try {
      join();
    } catch (InterruptedException e) {
      throw new Refusal("the start was interrupted");
    }
    if (failure != null) {
      throw new Refusal("this JVM does not let the agent in: " + failure);
    }
  }
}
