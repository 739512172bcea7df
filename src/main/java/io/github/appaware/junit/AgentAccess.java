package io.github.appaware.junit;

import java.lang.reflect.Method;

/** The agent of this JVM, through the class that it puts into {@code java.base}. */
class AgentAccess {
  /** Defined when the agent has seen a test framework that it knows. */
  private static final String NAME = "java.nio.channels.AppawareTests";

  private final Method restrict;
  private final Method denials;

  private AgentAccess(Method restrict, Method denials) {
    this.restrict = restrict;
    this.denials = denials;
  }

  /** Null where there is none. */
  static AgentAccess find() {
    try {
      Class<?> type = Class.forName(NAME);
      if (type.getClassLoader() != null) {
        return null;
      }
      return new AgentAccess(type.getMethod("restrict", String[].class), type.getMethod("denials"));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Null, or what is wrong with the far ends. */
  String restrict(String[] far) {
    return (String) call(restrict, (Object) far);
  }

  /** What the running test was denied. */
  String[] denials() {
    return (String[]) call(denials);
  }

  private static Object call(Method method, Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the agent does not answer: " + e, e);
    }
  }
}
