package io.github.appaware.target;

/** A system class loader of the application's own, which loads the agent's entry point. */
public final class AttacksLoader extends ClassLoader {
  /** Called by the JVM, before any agent. */
  public AttacksLoader(ClassLoader parent) {
    super("application", parent);
  }

  /** Called by the JVM for an agent's jar. */
  @SuppressWarnings("unused") // its name and parameter are the protocol
  void appendToClassPathForInstrumentation(String jar) {
    try {
      var append =
          getParent()
              .getClass()
              .getDeclaredMethod("appendToClassPathForInstrumentation", String.class);
      append.setAccessible(true);
      append.invoke(getParent(), jar);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
