package io.github.appaware.bridge;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;

/**
 * Called by woven classes outside {@code java.base} that ask a proxy for a target, before they do.
 * It reads target and proxy from the library's own objects, by the names of their methods and
 * fields, and only those: never user, password or path of a URL. The application can call it as
 * well, and can be on the way with objects of its own, so it only checks events.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}, with {@link
 * NativeTransportBridge} and in the same package.
 */
public final class ProxyClientBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "java.nio.channels.AppawareProxyClients";

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private ProxyClientBridge() {}

  /** A request of {@code java.net.http.HttpClient}. */
  public static void http(InetSocketAddress target, InetSocketAddress proxy) throws IOException {
    Bridge.tunnel(target, 0, proxy, 0);
  }

  /** A request of Apache HttpClient 4, with its route. */
  public static void apache4(Object route, Object request) throws IOException {
    Object proxy = get(route, "getProxyHost");
    if (proxy == null) {
      return;
    }
    apache(get(route, "getTargetHost"), proxy, false);
    if (get(request, "getURI") instanceof URI uri && uri.getHost() != null) {
      int port = uri.getPort();
      int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
      apache(uri.getHost(), port < 0 ? usual : port, proxy, false);
    }
  }

  /** The same of its first versions. */
  public static void apache4(Object routed) throws IOException {
    apache4(get(routed, "getRoute"), get(routed, "getRequest"));
  }

  /** A request of Apache HttpClient 5. */
  public static void apache5(Object request, Object scope) throws IOException {
    apache5(request, scope, false);
  }

  /** The same, where another thread connects. */
  public static void apache5Async(Object request, Object scope) throws IOException {
    apache5(request, scope, true);
  }

  private static void apache5(Object request, Object scope, boolean later) throws IOException {
    Object route = field(scope, "route");
    Object proxy = get(route, "getProxyHost");
    if (proxy == null) {
      return;
    }
    Object target = get(route, "getTargetHost");
    apache(target, proxy, later);
    Object authority = get(request, "getAuthority");
    if (authority != null && !isTunnelled(route)) {
      int port = (Integer) get(authority, "getPort");
      int usual = "https".equals(get(request, "getScheme")) ? HTTPS : HTTP;
      // The same connection: one connect to the proxy is for both.
      apache((String) get(authority, "getHostName"), port < 0 ? usual : port, proxy, false);
    }
  }

  private static boolean isTunnelled(Object route) throws IOException {
    return (Boolean) get(route, "isTunnelled");
  }

  private static void apache(Object target, Object proxy, boolean later) throws IOException {
    apache((String) get(target, "getHostName"), apachePort(target), proxy, later);
  }

  private static void apache(String host, int port, Object proxy, boolean later)
      throws IOException {
    int proxyPort = apachePort(proxy);
    Object address = get(proxy, "getAddress");
    Object through =
        address instanceof InetAddress known
            ? new InetSocketAddress(known, proxyPort)
            : get(proxy, "getHostName");
    String denial = Bridge.tunnelDenial(host, port, through, proxyPort, later);
    if (denial != null) {
      throw new ConnectException(denial);
    }
  }

  private static int apachePort(Object host) throws IOException {
    int port = (Integer) get(host, "getPort");
    return port >= 0 ? port : "https".equals(get(host, "getSchemeName")) ? HTTPS : HTTP;
  }

  /** A tunnel of OkHttp. */
  public static void okHttpTunnel(Object connection) throws IOException {
    Object route = okHttpRoute(connection);
    okHttp(get(get(route, "address"), "url"), (Proxy) get(route, "proxy"));
  }

  /** A request of OkHttp: in absolute form, when it is to an HTTP proxy and not encrypted. */
  public static void okHttpRequest(Object connection, Object chain) throws IOException {
    Proxy proxy = (Proxy) get(okHttpRoute(connection), "proxy");
    if (proxy.type() == Proxy.Type.HTTP) {
      Object url = get(get(chain, "request"), "url");
      if ("http".equals(get(url, "scheme"))) {
        okHttp(url, proxy);
      }
    }
  }

  private static void okHttp(Object url, Proxy proxy) throws IOException {
    Bridge.tunnel(get(url, "host"), (Integer) get(url, "port"), proxy.address(), 0);
  }

  private static Object okHttpRoute(Object connection) throws IOException {
    return get(connection, has(connection, "route") ? "route" : "getRoute");
  }

  /** A connect through a proxy handler of Netty. To an HTTP proxy it sends the object's name. */
  public static void netty(Object handler, Object target) throws IOException {
    Object through = get(handler, "proxyAddress");
    if (!(target instanceof InetSocketAddress inet) || !(through instanceof InetSocketAddress)) {
      throw new IOException("appaware: denied, as this proxy or its target has no IP address");
    }
    String protocol = String.valueOf(get(handler, "protocol"));
    if (!protocol.startsWith("socks")) {
      Bridge.tunnel(inet.getHostString(), inet.getPort(), through, 0);
    }
    if (!protocol.equals("http")) {
      Bridge.tunnel(inet, 0, through, 0);
    }
  }

  /**
   * A new connection of Jetty's client: the failure, or null. All requests over it have its target.
   */
  public static Throwable jetty(Object destination) {
    try {
      Object proxy = get(destination, "getProxy");
      if (proxy == null) {
        return null;
      }
      Object target = get(get(destination, "getOrigin"), "getAddress");
      Object through = get(proxy, "getAddress");
      return failure(
          get(target, "getHost"),
          (Integer) get(target, "getPort"),
          get(through, "getHost"),
          (Integer) get(through, "getPort"));
    } catch (IOException | RuntimeException e) {
      return e;
    }
  }

  /**
   * A connection of the AWS SDK's Netty client to a proxy, a new one or one that has its tunnel:
   * the failure, or null. An event loop connects.
   */
  public static Throwable aws(Object pool) {
    try {
      URI target = (URI) field(pool, "remoteAddress");
      URI proxy = (URI) field(pool, "proxyAddress");
      if (target.getHost() == null || proxy.getHost() == null || target.getPort() < 0) {
        return new IOException(
            "appaware: denied, as this proxy or its target has no host and port");
      }
      return failure(target.getHost(), target.getPort(), proxy.getHost(), proxy.getPort());
    } catch (IOException | RuntimeException e) {
      return e;
    }
  }

  /** The same where another thread connects. */
  private static Throwable failure(Object target, int port, Object proxy, int proxyPort) {
    String denial = Bridge.tunnelDenial(target, port, proxy, proxyPort, true);
    return denial == null ? null : new ConnectException(denial);
  }

  private static boolean has(Object of, String method) {
    for (Method each : of.getClass().getMethods()) {
      if (each.getName().equals(method) && each.getParameterCount() == 0) {
        return true;
      }
    }
    return false;
  }

  /** What a method without parameters returns. */
  private static Object get(Object of, String method) throws IOException {
    try {
      Method found = of.getClass().getMethod(method);
      open(found, found);
      return found.invoke(of);
    } catch (InvocationTargetException e) {
      throw unknown(of, method, e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(of, method, e);
    }
  }

  private static Object field(Object of, String name) throws IOException {
    try {
      Field found = of.getClass().getDeclaredField(name);
      open(found, found);
      return found.get(of);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(of, name, e);
    }
  }

  private static void open(AccessibleObject object, Member member) {
    int type = member.getDeclaringClass().getModifiers();
    if (!Modifier.isPublic(type) || !Modifier.isPublic(member.getModifiers())) {
      object.setAccessible(true);
    }
  }

  private static IOException unknown(Object of, String member, Throwable e) {
    String type = of == null ? "null" : of.getClass().getName();
    return new IOException(
        "appaware: denied, as this version of " + type + "." + member + " is unknown: " + e, e);
  }
}
