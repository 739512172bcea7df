package io.github.appaware.bridge;

/**
 * Called by woven classes of test frameworks when a test begins or ends, and by the annotations of
 * {@code appaware-junit}, which find it by its name. What the application's code says here is for
 * people and reports, or denies more than the server does: it widens no verdict.
 *
 * <p>Renamed and defined into {@code java.base} like {@link NativeTransportBridge}, with it and in
 * the same package. Only types of {@code java.lang} pass.
 */
public final class TestBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "java.nio.channels.AppawareTests";

  private TestBridge() {}

  /** A test begins on this thread; the argument is the framework's description of it. */
  public static void started(Object described) {
    Object unused = Bridge.test(Operation.TEST_STARTED, described);
  }

  /** The test of this description ended. */
  public static void finished(Object described) {
    Object unused = Bridge.test(Operation.TEST_FINISHED, described);
  }

  /** A result of TestNG: that of a test which begins, or of one that ended. */
  public static void reported(Object result) {
    Object unused = Bridge.test(Operation.TEST_REPORTED, result);
  }

  /**
   * Denies the running test, and what it starts, all far ends but these; also those of a class, for
   * what it does outside its tests.
   *
   * @param far {@code localhost:*}, {@code *.example.com:443}; none to deny all
   * @return null, or what is wrong
   */
  public static String restrict(String[] far) {
    return (String) Bridge.test(Operation.TEST_RESTRICTED, far.clone());
  }

  /** What the running test was denied until now, a text each: also what its code did not tell. */
  public static String[] denials() {
    return Bridge.test(Operation.TEST_DENIALS, "") instanceof String[] all ? all : new String[0];
  }
}
