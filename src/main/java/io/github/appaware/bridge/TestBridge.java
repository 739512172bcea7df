package io.github.appaware.bridge;

/**
 * Called by woven classes of test frameworks when a test begins or ends. What the application's
 * code says here is for people and reports alone: it widens no verdict.
 *
 * <p>Renamed and defined into {@code java.base} like {@link NativeTransportBridge}, with it and in
 * the same package.
 */
public final class TestBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "java.nio.channels.AppawareTests";

  private TestBridge() {}

  /** A test begins on this thread; the argument is the framework's description of it. */
  public static void started(Object described) {
    Bridge.test(Operation.TEST_STARTED, described);
  }

  /** The test of this description ended. */
  public static void finished(Object described) {
    Bridge.test(Operation.TEST_FINISHED, described);
  }

  /** A result of TestNG: that of a test which begins, or of one that ended. */
  public static void reported(Object result) {
    Bridge.test(Operation.TEST_REPORTED, result);
  }
}
