package io.github.appaware.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tells the agent the limits of each test before it, and fails the test in which something was
 * denied. Comes with the annotations; registered for all tests, with {@value #DEFAULT}, where
 * JUnit's {@code junit.jupiter.extensions.autodetection.enabled} is true.
 */
public final class NetworkExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  /**
   * The configuration parameter for tests without an annotation: {@code deny}, or far ends as in
   * {@link AllowNetwork#value}, separated by commas.
   */
  public static final String DEFAULT = "appaware.network";

  /**
   * The configuration parameter that has tests with limits fail where there is no agent to enforce
   * them: {@code required}.
   */
  public static final String AGENT = "appaware.agent";

  private static final String[] NONE = {};

  private final AgentAccess agent;

  /** For JUnit. */
  public NetworkExtension() {
    this(AgentAccess.find());
  }

  NetworkExtension(AgentAccess agent) {
    this.agent = agent;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    restrict(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    restrict(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check(context);
  }

  private void restrict(ExtensionContext context) {
    String[] far = allowed(context);
    if (far == null) {
      return;
    }
    if (agent == null) {
      Missing.tell(context);
      return;
    }
    String problem = agent.restrict(far);
    if (problem != null) {
      throw new ExtensionConfigurationException(problem);
    }
  }

  private void check(ExtensionContext context) {
    String[] denials = agent == null || allowed(context) == null ? NONE : agent.denials();
    if (denials.length > 0) {
      throw new AssertionError(
          "network events of this test were denied:\n  "
              + String.join("\n  ", denials)
              + "\n@AllowNetwork allows them to the test, the policy of the run to its program");
    }
  }

  /** The far ends; null where nothing limits the test. */
  private static String[] allowed(ExtensionContext context) {
    String[] own = context.getElement().map(NetworkExtension::annotated).orElse(null);
    if (own != null) {
      return own;
    }
    Optional<Class<?>> type = context.getTestClass();
    for (Class<?> each = type.orElse(null); each != null; each = each.getEnclosingClass()) {
      String[] far = annotated(each);
      if (far != null) {
        return far;
      }
    }
    return context
        .getConfigurationParameter(DEFAULT)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> text.equals("deny") ? NONE : text.split("\\s*,\\s*"))
        .orElse(null);
  }

  private static String[] annotated(AnnotatedElement element) {
    boolean denied = AnnotationSupport.isAnnotated(element, DenyNetwork.class);
    return AnnotationSupport.findAnnotation(element, AllowNetwork.class)
        .map(AllowNetwork::value)
        .orElse(denied ? NONE : null);
  }

  /** What is said where there is no agent: once in a JVM, and loudly. */
  private static final class Missing {
    private static boolean told;

    private Missing() {}

    static synchronized void tell(ExtensionContext context) {
      String message =
          "appaware: there is no agent in this JVM, so that @DenyNetwork, @AllowNetwork and "
              + DEFAULT
              + " have NO EFFECT; start the build with `appaware run --`, as in `appaware run -- mvn"
              + " verify`";
      boolean required =
          context.getConfigurationParameter(AGENT).filter("required"::equals).isPresent();
      if (required) {
        throw new ExtensionConfigurationException(message);
      }
      if (!told) {
        told = true;
        Logger.getLogger("io.github.appaware.junit").severe(message);
      }
    }
  }
}
