package io.github.appaware.agent;

import io.github.appaware.bridge.TestBridge;
import java.util.List;

/**
 * The classes through which test frameworks tell their listeners that a test begins or ends, each
 * on the test's thread: of the JUnit Platform (JUnit 5 and 6 and all engines beneath it), of JUnit
 * 4, and of TestNG. The calls are put into their methods when they are loaded; no build is changed,
 * and a version without these methods is left as it is.
 */
final class TestEngines {
  private static final String PLATFORM =
      "org/junit/platform/launcher/core/ExecutionListenerAdapter";
  private static final String JUNIT4 = "org/junit/runner/notification/RunNotifier";
  private static final String TESTNG = "org/testng/internal/TestListenerHelper";

  private TestEngines() {}

  /** Whether it is one of these; asked for each class that the application loads. */
  static boolean include(String internalName) {
    return internalName.startsWith("org/")
        && (internalName.equals(PLATFORM)
            || internalName.equals(JUNIT4)
            || internalName.equals(TESTNG));
  }

  /** The class with the calls; null if it has none of the methods. */
  static byte[] weave(String internalName, byte[] offered) {
    List<EntryCalls.Call> calls =
        switch (internalName) {
          case PLATFORM ->
              List.of(
                  call(
                      "executionStarted", "(Lorg/junit/platform/engine/TestDescriptor;", "started"),
                  call(
                      "executionFinished",
                      "(Lorg/junit/platform/engine/TestDescriptor;",
                      "finished"));
          case JUNIT4 ->
              List.of(
                  call("fireTestStarted", "(Lorg/junit/runner/Description;)", "started"),
                  call("fireTestFinished", "(Lorg/junit/runner/Description;)", "finished"));
          default -> List.of(call("runTestListeners", "(Lorg/testng/ITestResult;", "reported"));
        };
    return new EntryCalls(TestBridge.WOVEN_NAME.replace('.', '/'), calls).weave(offered);
  }

  private static EntryCalls.Call call(String method, String descriptor, String bridgeMethod) {
    return new EntryCalls.Call(method, descriptor, bridgeMethod);
  }
}
