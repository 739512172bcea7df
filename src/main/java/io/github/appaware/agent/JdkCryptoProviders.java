package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JDK's own cryptography for the agent's own threads, in instances of its own: an application
 * may put other providers in front of the JDK's at any time, or change what they offer, and they
 * would be given the key, or could vouch for a false server. {@code sun.security.jca.Providers} has
 * a list for each thread for just that; checking signed jars uses it the same way. Equal on JDK 17
 * to 25.
 */
final class JdkCryptoProviders {
  private static final String ELLIPTIC = "sun.security.ec.SunEC";

  /** Of {@code java.base}: the package, and the class in it. */
  private static final String[][] NEEDED = {
    {"sun.security.provider", "Sun"},
    {"sun.security.rsa", "SunRsaSign"},
    {"sun.security.ssl", "SunJSSE"},
    {"com.sun.crypto.provider", "SunJCE"},
  };

  private final Object list;
  private final Method use;

  JdkCryptoProviders(Instrumentation instrumentation) throws AgentStartException {
    try {
      Module base = Object.class.getModule();
      // Until JDK 21 elliptic curves have a module of their own.
      Optional<Module> curves = ModuleLayer.boot().findModule("jdk.crypto.ec");
      boolean apart = curves.isPresent() && curves.get().getPackages().contains("sun.security.ec");
      Map<String, Set<Module>> exports = new HashMap<>();
      Set<Module> us = Set.of(JdkCryptoProviders.class.getModule());
      exports.put("sun.security.jca", us);
      for (String[] each : NEEDED) {
        exports.put(each[0], us);
      }
      if (apart) {
        export(instrumentation, curves.get(), Map.of("sun.security.ec", us));
      } else {
        exports.put("sun.security.ec", us);
      }
      export(instrumentation, base, exports);
      Provider[] providers = new Provider[NEEDED.length + 1];
      for (int i = 0; i < NEEDED.length; i++) {
        providers[i] = make(Class.forName(NEEDED[i][0] + "." + NEEDED[i][1]));
      }
      ClassLoader place = apart ? ClassLoader.getPlatformClassLoader() : null;
      providers[NEEDED.length] = make(Class.forName(ELLIPTIC, true, place));
      Class<?> type = Class.forName("sun.security.jca.ProviderList");
      list = type.getMethod("newList", Provider[].class).invoke(null, (Object) providers);
      use = Class.forName("sun.security.jca.Providers").getMethod("beginThreadProviderList", type);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new AgentStartException("this JDK's own cryptography can't be used: " + e);
    }
  }

  private static void export(
      Instrumentation instrumentation, Module module, Map<String, Set<Module>> packages) {
    instrumentation.redefineModule(module, Set.of(), packages, Map.of(), Set.of(), Map.of());
  }

  private static Provider make(Class<?> type) throws ReflectiveOperationException {
    return (Provider) type.getConstructor().newInstance();
  }

  /** From now on, for this thread. */
  void use() {
    try {
      Object unused = use.invoke(null, list);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK's own cryptography can't be used", e);
    }
  }
}
