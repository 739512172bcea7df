package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.HostName;
import io.github.appaware.event.Proxy;
import java.util.Properties;

/**
 * The proxies that the program was told of: by the JDK's properties, which it can set at any time,
 * and by the environment variables that most other programs read. User names and passwords in these
 * are left out.
 */
final class ProxySettings {
  private static final String[] VARIABLES = {
    "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"
  };

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int SOCKS = 1080;

  private final Proxy[] environment = new Proxy[VARIABLES.length];

  /** Those of the JVM's start, for which no security manager is asked. */
  private final Properties properties = System.getProperties();

  private static volatile ProxySettings known;

  private ProxySettings() {
    for (int i = 0; i < VARIABLES.length; i++) {
      String value = System.getenv(VARIABLES[i]);
      environment[i] = value == null ? null : parse(value);
    }
  }

  /**
   * Read at first use: to read the environment initializes what reads a property (JDK 25). Before
   * there is a security manager it must have been called once.
   */
  static ProxySettings get() {
    ProxySettings settings = known;
    if (settings == null) {
      settings = new ProxySettings();
      known = settings;
    }
    return settings;
  }

  /** Whether the event is a connect to one of them. */
  boolean haveProxy(Event.Inet event) {
    for (Proxy each : environment) {
      if (each != null && isTo(event, each)) {
        return true;
      }
    }
    return isSet(event, "http.proxyHost", "http.proxyPort", HTTP)
        || isSet(event, "https.proxyHost", "https.proxyPort", HTTPS)
        || isSet(event, "socksProxyHost", "socksProxyPort", SOCKS);
  }

  private boolean isSet(Event.Inet event, String host, String port, int usual) {
    String value = property(host);
    return value != null
        && !value.isEmpty()
        && isTo(event, proxy(value, number(property(port), usual)));
  }

  /** A program without a manager may have replaced all of them. */
  @SuppressWarnings("removal")
  private String property(String name) {
    return System.getSecurityManager() == null
        ? System.getProperty(name)
        : properties.getProperty(name);
  }

  /** Whether the event is a connect to this proxy. */
  static boolean isTo(Event.Inet event, Proxy proxy) {
    if (proxy.port() != event.port()) {
      return false;
    }
    if (proxy.address() != null) {
      return proxy.address().equals(event.address());
    }
    return event.host() == null
        ? event.names().contains(proxy.host())
        : event.host().equals(proxy.host());
  }

  /** A proxy by its name or its address as text. */
  static Proxy proxy(String host, int port) {
    Address literal = AddressText.parse(host);
    return literal == null
        ? new Proxy(HostName.normal(host), null, port)
        : new Proxy(null, literal, port);
  }

  /** Of {@code [scheme://][user[:password]@]host[:port][/...]}; null if there is none. */
  static Proxy parse(String value) {
    int scheme = value.indexOf("://");
    int usual = HTTP;
    String rest = value;
    if (scheme >= 0) {
      usual = value.startsWith("https") ? HTTPS : value.startsWith("socks") ? SOCKS : HTTP;
      rest = value.substring(scheme + 3);
    }
    int path = rest.indexOf('/');
    rest = path < 0 ? rest : rest.substring(0, path);
    rest = rest.substring(rest.lastIndexOf('@') + 1);
    int colon = rest.lastIndexOf(':');
    boolean hasPort = colon > rest.lastIndexOf(']') && rest.indexOf(':') >= 0;
    String host = hasPort ? rest.substring(0, colon) : rest;
    int port = hasPort ? number(rest.substring(colon + 1), usual) : usual;
    return host.isEmpty() ? null : proxy(host, port);
  }

  private static int number(String text, int usual) {
    try {
      int number = text == null ? usual : Integer.parseInt(text);
      return number < 0 || number > 65535 ? usual : number;
    } catch (NumberFormatException e) {
      return usual;
    }
  }
}
