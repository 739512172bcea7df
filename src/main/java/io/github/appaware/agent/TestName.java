package io.github.appaware.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * What a test is called: {@code com.acme.StoreTest.saves}, with {@code [2]} behind it for the
 * second set of arguments; {@code com.acme.StoreTest} for what its class does before and after its
 * tests. Read from the framework's description by the names of its public methods.
 *
 * @param isTest whether it is a test, not a class of tests
 */
record TestName(String text, boolean isTest) {
  private static final String DESCRIPTOR = "org.junit.platform.engine.TestDescriptor";
  private static final String DESCRIPTION = "org.junit.runner.Description";
  private static final String RESULT = "org.testng.ITestResult";

  /** {@code ITestResult.STARTED}. */
  private static final int STARTED = 16;

  /** Of a description; null where it has no name, or can't be read. */
  static TestName of(Object described) {
    try {
      Class<?> type = type(described.getClass(), DESCRIPTOR);
      if (type != null) {
        return ofPlatform(described, type);
      }
      type = type(described.getClass(), DESCRIPTION);
      if (type != null) {
        return ofJunit4(described, type);
      }
      type = type(described.getClass(), RESULT);
      return type == null ? null : ofTestNg(described, type);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // another version: its tests are not told
    }
  }

  /** Whether a result of TestNG is that of a test which begins. */
  static boolean isStarted(Object result) {
    try {
      Class<?> type = type(result.getClass(), RESULT);
      return type != null && get(result, type, "getStatus").equals(STARTED);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  private static TestName ofPlatform(Object descriptor, Class<?> type)
      throws ReflectiveOperationException {
    boolean isTest = (Boolean) get(descriptor, type, "isTest");
    Optional<?> source = (Optional<?>) get(descriptor, type, "getSource");
    if (source.isPresent()) {
      Object of = source.get();
      String kind = of.getClass().getSimpleName();
      if (kind.equals("MethodSource")) {
        String method = (String) get(of, of.getClass(), "getMethodName");
        boolean isWord = !method.startsWith("$"); // Spock numbers its methods
        Object shown = isWord ? method : get(descriptor, type, "getDisplayName");
        Object owner = get(of, of.getClass(), "getClassName");
        return new TestName(owner + "." + shown + invocation(descriptor, type), isTest);
      }
      if (kind.equals("ClassSource")) {
        String owner = (String) get(of, of.getClass(), "getClassName");
        return new TestName(
            isTest ? owner + "." + get(descriptor, type, "getDisplayName") : owner, isTest);
      }
    }
    return isTest ? new TestName((String) get(descriptor, type, "getDisplayName"), true) : null;
  }

  /** {@code [2]} of the segment {@code test-template-invocation:#2}. */
  private static String invocation(Object descriptor, Class<?> type)
      throws ReflectiveOperationException {
    Object id = get(descriptor, type, "getUniqueId");
    String whole = id.toString();
    int at = whole.lastIndexOf(":#");
    int end = whole.indexOf(']', Math.max(0, at));
    return at < 0 || end != whole.length() - 1 ? "" : "[" + whole.substring(at + 2, end) + "]";
  }

  private static TestName ofJunit4(Object description, Class<?> type)
      throws ReflectiveOperationException {
    Object method = get(description, type, "getMethodName");
    return method == null
        ? new TestName((String) get(description, type, "getDisplayName"), true)
        : new TestName(get(description, type, "getClassName") + "." + method, true);
  }

  private static TestName ofTestNg(Object result, Class<?> type)
      throws ReflectiveOperationException {
    Object method = get(result, type, "getMethod");
    Class<?> methodType = type(method.getClass(), "org.testng.ITestNGMethod");
    Class<?> owner = (Class<?>) get(method, methodType, "getRealClass");
    return new TestName(owner.getName() + "." + get(method, methodType, "getMethodName"), true);
  }

  /** The type of that name that a class is or implements, or null. */
  private static Class<?> type(Class<?> of, String name) {
    for (Class<?> each = of; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(name)) {
        return each;
      }
      for (Class<?> one : each.getInterfaces()) {
        Class<?> found = type(one, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Object get(Object of, Class<?> type, String name)
      throws ReflectiveOperationException {
    Method method = type.getMethod(name);
    try {
      return method.invoke(of);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(e.getCause());
    }
  }
}
