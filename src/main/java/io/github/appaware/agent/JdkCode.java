package io.github.appaware.agent;

import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.util.Optional;

/**
 * Tells the JDK's own classes from all others by what a class can't claim: its module, the layer of
 * the module and where the runtime found the module. A code source proves nothing, as each class
 * loader gives its classes any it likes; nor does the name of a class or of a loader.
 */
final class JdkCode {
  private JdkCode() {}

  /**
   * Whether the class is the JDK's own: in a named module of the boot layer that is part of the
   * runtime image. Proxies and hidden classes that implement interfaces of the JDK are in other
   * modules, and so are classes that an agent or an option put on the boot class path.
   */
  static boolean is(Class<?> type) {
    Module module = type.getModule();
    String name = module.getName();
    if (name == null || module.getLayer() != ModuleLayer.boot()) {
      return false;
    }
    // An image that jlink made holds the application's modules too.
    return (name.startsWith("java.") || name.startsWith("jdk.")) && isOfTheImage(name);
  }

  private static boolean isOfTheImage(String module) {
    Optional<ResolvedModule> resolved = ModuleLayer.boot().configuration().findModule(module);
    if (resolved.isEmpty()) {
      return false;
    }
    ModuleReference reference = resolved.get().reference();
    Optional<URI> location = reference.location();
    return location.isPresent() && "jrt".equals(location.get().getScheme());
  }
}
