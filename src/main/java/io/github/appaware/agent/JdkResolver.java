package io.github.appaware.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The JDK's own look-ups of names, past its cache: what the agent looks up is to give the
 * application no answer either. Since JDK 18 an application can put a resolver of its own in front,
 * which would run on the agent's thread and could send it anywhere. Equal on JDK 17, and on 18 to
 * 25.
 */
final class JdkResolver {
  private static final int FIRST_WITH_PROVIDERS = 18;

  private final Object builtin;
  private final Method lookUp;

  /** What that takes besides the name, if anything. */
  private final Object[] more;

  JdkResolver(Instrumentation instrumentation) throws AgentStartException {
    try {
      Set<Module> us = Set.of(JdkResolver.class.getModule());
      instrumentation.redefineModule(
          Object.class.getModule(), Set.of(), Map.of(), Map.of("java.net", us), Set.of(), Map.of());
      if (Runtime.version().feature() < FIRST_WITH_PROVIDERS) {
        builtin = constant("nameService");
        more = new Object[0];
        lookUp =
            Class.forName("java.net.InetAddress$NameService")
                .getMethod("lookupAllHostAddr", String.class);
      } else {
        builtin = constant("BUILTIN_RESOLVER");
        more = new Object[] {constant("PLATFORM_LOOKUP_POLICY")};
        lookUp =
            Class.forName("java.net.spi.InetAddressResolver")
                .getMethod(
                    "lookupByName",
                    String.class,
                    Class.forName("java.net.spi.InetAddressResolver$LookupPolicy"));
      }
      lookUp.setAccessible(true);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new AgentStartException("this JDK's own look-ups can't be used: " + e);
    }
  }

  private static Object constant(String name) throws ReflectiveOperationException {
    Field field = InetAddress.class.getDeclaredField(name);
    field.setAccessible(true);
    Object value = field.get(null);
    if (value == null) {
      throw new NoSuchFieldException(name + " has no value");
    }
    return value;
  }

  /** The host's addresses, at least one; an address in place of a name is no look-up. */
  InetAddress[] lookUp(String host) throws UnknownHostException {
    if (isAddress(host)) {
      return InetAddress.getAllByName(host);
    }
    try {
      InetAddress[] addresses = addresses(find(host));
      if (addresses.length == 0) {
        throw new UnknownHostException(host);
      }
      return addresses;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw (UnknownHostException) new UnknownHostException(host).initCause(e.getCause());
    } catch (IllegalAccessException e) {
      throw (UnknownHostException) new UnknownHostException(host).initCause(e);
    }
  }

  private Object find(String host) throws InvocationTargetException, IllegalAccessException {
    return more.length == 0 ? lookUp.invoke(builtin, host) : lookUp.invoke(builtin, host, more[0]);
  }

  private static InetAddress[] addresses(Object found) {
    if (found instanceof InetAddress[] all) {
      return all;
    }
    Object[] all = ((Stream<?>) found).toArray();
    InetAddress[] addresses = new InetAddress[all.length];
    System.arraycopy(all, 0, addresses, 0, all.length);
    return addresses;
  }

  /** Whether this is no name: only an address has a colon, or nothing but digits and dots. */
  static boolean isAddress(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
