package io.github.appaware.target;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/**
 * Uses the JDK's own resolver past {@code InetAddress}, as an application's resolver provider (JDK
 * 18 and later) may. By reflection: this program is compiled for JDK 17.
 */
public final class OwnResolver {
  private OwnResolver() {}

  /** Argument: a name that must not be looked up. */
  public static void main(String[] arguments) throws Exception {
    Class<?> configuration = Class.forName("java.net.spi.InetAddressResolverProvider");
    System.out.println("resolvers can be provided: " + (configuration != null));
    Class<?> resolver = Class.forName("java.net.spi.InetAddressResolver");
    Class<?> policy = Class.forName("java.net.spi.InetAddressResolver$LookupPolicy");
    Object any = policy.getMethod("of", int.class).invoke(null, 3);
    Object builtin = Provided.builtin();
    InvocationHandler direct =
        (proxy, method, all) -> {
          try {
            return method.invoke(builtin, all);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    Object wrapped =
        Proxy.newProxyInstance(
            OwnResolver.class.getClassLoader(), new Class<?>[] {resolver}, direct);
    show(
        () -> resolver.getMethod("lookupByName", String.class, policy), wrapped, arguments[0], any);
    show(
        () -> resolver.getMethod("lookupByAddress", byte[].class),
        wrapped,
        InetAddress.getByName("192.0.2.1").getAddress());
  }

  private interface Finder {
    java.lang.reflect.Method find() throws NoSuchMethodException;
  }

  private static void show(Finder finder, Object on, Object... all) throws Exception {
    try {
      Object found = finder.find().invoke(on, all);
      System.out.println(found instanceof Stream<?> stream ? stream.toList() : found);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      System.out.println(cause instanceof UnknownHostException ? cause.getMessage() : cause);
    }
  }

  /** Gets hold of the JDK's resolver through the one field that keeps it. */
  private static final class Provided {
    private Provided() {}

    static Object builtin() throws ReflectiveOperationException {
      var field = InetAddress.class.getDeclaredField("BUILTIN_RESOLVER");
      field.setAccessible(true);
      return field.get(null);
    }
  }
}
