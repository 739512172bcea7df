package io.github.appaware.agent;

import io.github.appaware.event.Origin;
import java.security.CodeSource;
import java.security.ProtectionDomain;

/**
 * What an origin needs to know about a class.
 *
 * @param infrastructure whether it belongs to the JDK or the agent, and so is never an origin
 * @param own whether it is the application's own code
 * @param module its named module, or empty
 * @param source where it was loaded from
 */
record ClassOrigin(boolean infrastructure, boolean own, String module, Origin.Source source) {
  private static final ClassOrigin INFRASTRUCTURE =
      new ClassOrigin(true, false, "", Origin.Source.NONE);

  /** Computed once for each class, and unloaded with it. */
  static final class OfClass extends ClassValue<ClassOrigin> {
    private final ApplicationCode ownCode;

    OfClass(ApplicationCode ownCode) {
      this.ownCode = ownCode;
    }

    @Override
    protected ClassOrigin computeValue(Class<?> type) {
      if (isInfrastructure(type)) {
        return INFRASTRUCTURE;
      }
      String path = path(type);
      String module = type.getModule().isNamed() ? type.getModule().getName() : "";
      return new ClassOrigin(false, ownCode.isAt(path), module, new Origin.Source(path, "", ""));
    }
  }

  /**
   * Decides by module, as an application may have classes in the boot loader too. The agent's own
   * unnamed module is that of its loader, which a security manager guards.
   */
  private static boolean isInfrastructure(Class<?> type) {
    return type.getModule() == ClassOrigin.class.getModule() || JdkCode.is(type);
  }

  /** The path that the class was loaded from, or empty. */
  static String path(Class<?> type) {
    return path(BridgeCalls.domain(type));
  }

  /** The path that classes of this domain were loaded from, or empty. */
  static String path(ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null || source.getLocation() == null
        ? ""
        : CodeLocations.path(CodeLocations.text(source.getLocation()));
  }
}
