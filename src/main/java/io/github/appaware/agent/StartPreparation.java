package io.github.appaware.agent;

/**
 * Loads classes that the self-test needs and no hook is in, on a thread of its own, while the start
 * reads its options and installs the hooks.
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
      // An image without jdk.net does not need it.
    } catch (Throwable e) { // reported by await
      failure = e;
    }
  }

  /** Waits until it has finished. */
  void await() throws AgentStartException {
    try {
      join();
    } catch (InterruptedException e) {
      throw new AgentStartException("the start was interrupted");
    }
    if (failure != null) {
      throw new AgentStartException("the agent can't be prepared in this JVM: " + failure);
    }
  }
}
