package io.github.appaware.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;

/**
 * Ends a child JVM whose jar opens packages of the JDK by its manifest. The parent's agent has read
 * that manifest before the child's start, and would have refused the child then: another jar has
 * its place by now. The JDK's launcher opens the packages before it has the main class loaded, the
 * first class of the application.
 *
 * <p>Not where the user named other agents, which may open packages for themselves.
 */
final class OpenedPackages implements ClassFileTransformer {
  /** Modules of tools, which a manifest may open: their internals lead nowhere near the network. */
  private static final Set<String> TOOLS = Set.of("jdk.compiler", "jdk.javadoc");

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final ClassLoader own = OpenedPackages.class.getClassLoader();
  private final Module application = ClassLoader.getSystemClassLoader().getUnnamedModule();
  private final Instrumentation instrumentation;
  private final int before;

  private OpenedPackages(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    this.before = count();
  }

  /**
   * Looks at what is open now, and again at the first class of the application.
   *
   * @param agent the options that name this agent
   */
  static void watch(Instrumentation instrumentation, List<String> agent) {
    for (String option : BridgeCalls.options()) {
      boolean brings = option.startsWith("-javaagent:") || option.startsWith("-agent");
      if (brings && !agent.contains(option)) {
        return;
      }
    }
    instrumentation.addTransformer(new OpenedPackages(instrumentation));
  }

  private int count() {
    int count = 0;
    for (Module module : ModuleLayer.boot().modules()) {
      if (!TOOLS.contains(module.getName())) {
        for (String name : module.getPackages()) {
          count +=
              module.isOpen(name, application) ? 2 : module.isExported(name, application) ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] offered) {
    if (loader == null || loader == PLATFORM || loader == own) {
      return null;
    }
    try {
      if (count() != before) {
        AgentAbort.now(
            "the jar opens packages of the JDK, which it did not when it was checked:"
                + " this process is ended");
      }
    } catch (Throwable failure) { // the JVM would ignore it
      AgentAbort.now("can't tell which packages are open: " + failure);
    }
    boolean unused = instrumentation.removeTransformer(this);
    return null;
  }
}
