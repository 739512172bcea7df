package io.github.appaware.agent;

import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Loads the hooked classes before the application runs: if stack or heap were exhausted while the
 * JVM loads a class, it would load without its hook. Classes loaded before the transformer was
 * installed are retransformed. Runs on a thread of its own, beside the self-test.
 */
final class ClassPreloader extends Thread {
  private final Collection<String> names;
  private final Instrumentation instrumentation;
  private final Transformer transformer;
  private volatile Throwable failure;

  ClassPreloader(
      Collection<String> names, Instrumentation instrumentation, Transformer transformer) {
    super("appaware-loading");
    this.names = names;
    this.instrumentation = instrumentation;
    this.transformer = transformer;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      load(names, instrumentation, transformer);
    } catch (Throwable e) { // reported by await
      failure = e;
    }
  }

  /** Runs on the caller's thread. */
  static void load(
      Collection<String> names, Instrumentation instrumentation, Transformer transformer)
      throws Exception {
    List<Class<?>> early = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      if (!transformer.hasWoven(name)) {
        early.add(type);
      }
    }
    if (!early.isEmpty()) {
      instrumentation.retransformClasses(early.toArray(new Class<?>[0]));
    }
    for (String name : names) {
      if (!transformer.hasWoven(name)) {
        throw new IllegalStateException(name + " was loaded without its hook");
      }
    }
  }

  /** Whether agents may have run before this one. */
  static boolean areOtherAgents(String[] options) {
    int agents = 0;
    for (String option : options) {
      if (option.startsWith("-javaagent:")
          || option.startsWith("-agentlib:")
          || option.startsWith("-agentpath:")
          || option.startsWith("-Xrun")) {
        agents++;
      }
    }
    return agents > 1;
  }

  /**
   * Hooks classes that are to be hooked when the JVM loads them, and that another agent had loaded
   * before. Takes milliseconds.
   */
  static void loadAgain(
      WovenClasses woven, Instrumentation instrumentation, Transformer transformer)
      throws Exception {
    List<Class<?>> early = new ArrayList<>();
    for (Class<?> each : instrumentation.getAllLoadedClasses()) {
      ClassLoader loader = each.getClassLoader();
      if ((loader == null || loader == ClassLoader.getPlatformClassLoader())
          && !each.isArray()
          && woven.get(each.getName().replace('.', '/')) != null
          && !transformer.hasWoven(each.getName())) {
        early.add(each);
      }
    }
    if (!early.isEmpty()) {
      instrumentation.retransformClasses(early.toArray(new Class<?>[0]));
    }
    for (Class<?> each : early) {
      if (!transformer.hasWoven(each.getName())) {
        throw new IllegalStateException(each.getName() + " was loaded without its hook");
      }
    }
  }

  void await() throws AgentStartException {
    try {
      join();
    } catch (InterruptedException e) {
      throw new AgentStartException("the start was interrupted");
    }
    if (failure != null) {
      throw new AgentStartException("not every class can be hooked: " + failure);
    }
  }

  /**
   * Loads hooked classes when the JDK loads the library that they come with, on a thread of its
   * own, whose stack is empty.
   */
  record OnDemand(WovenClasses woven, Instrumentation instrumentation, Transformer transformer) {
    /** Null, or the denial's message if they can't be hooked. */
    String load(String library) {
      Collection<String> names = woven.namesOf(library.substring(library.lastIndexOf('/') + 1));
      if (names.isEmpty()) {
        return null;
      }
      ClassPreloader loading = new ClassPreloader(names, instrumentation, transformer);
      loading.start();
      try {
        loading.await();
        return null;
      } catch (AgentStartException e) {
        return "appaware: denied: " + e.getMessage();
      }
    }
  }
}
