package io.github.appaware.agent;

/**
 * What of the start needs neither the options nor the hooks, on a thread of its own beside them:
 * opens the package of the bridge, and loads what the self-test will need and no hook is in.
 */
final class StartPreparation extends Thread {
  private volatile Throwable failure;

  StartPreparation() {
    super("appaware-preparation");
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      Class.forName("sun.net.ext.ExtendedSocketOptions", true, null);
      Class.forName("jdk.net.ExtendedSocketOptions", true, null);
    } catch (ClassNotFoundException e) {
      // An image without jdk.net: nothing needs it then.
    } catch (Throwable e) { // reported by await
      failure = e;
    }
  }

  /** Waits for its end. */
  void await() throws AgentStartException {
    try {
      join();
    } catch (InterruptedException e) {
      throw new AgentStartException("the start was interrupted");
    }
    if (failure != null) {
      throw new AgentStartException("this JVM does not let the agent in: " + failure);
    }
  }
}
