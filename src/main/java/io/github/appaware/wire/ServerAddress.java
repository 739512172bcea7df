package io.github.appaware.wire;

import io.github.appaware.event.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a decision server is: {@code tls://HOST:PORT} (IPv6 in brackets) or {@code unix:PATH}.
 * There is no form without encryption that leaves the machine.
 *
 * @param host a name in lower case or an address in its normal form, without brackets; empty for a
 *     Unix-domain socket
 * @param port 1 to 65535; 0 for a Unix-domain socket
 * @param path of the Unix-domain socket, else empty
 */
public record ServerAddress(String host, int port, String path) {
  private static final String TLS = "tls://";
  private static final String UNIX = "unix:";
  private static final int LONGEST_NAME = 253; // RFC 1035, as text

  /**
   * One address.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static ServerAddress parse(String text) {
    if (text.startsWith(UNIX)) {
      String path = text.substring(UNIX.length());
      if (path.isEmpty() || path.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("`" + text + "` has no path: expected `unix:PATH`");
      }
      return new ServerAddress("", 0, path);
    }
    if (!text.startsWith(TLS)) {
      throw new IllegalArgumentException(
          "invalid server address `" + text + "`: expected `tls://HOST:PORT` or `unix:PATH`");
    }
    String rest = text.substring(TLS.length());
    int colon = rest.lastIndexOf(':');
    if (colon < 0 || rest.endsWith("]")) {
      throw new IllegalArgumentException("`" + text + "` has no port: expected `tls://HOST:PORT`");
    }
    int port = port(text, rest.substring(colon + 1));
    return new ServerAddress(host(text, rest.substring(0, colon)), port, "");
  }

  /** Several with commas between them, in the order in which they are tried; none twice. */
  public static List<ServerAddress> parseAll(String text) {
    List<ServerAddress> all = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      ServerAddress one = parse(text.substring(from, end).strip());
      if (!all.contains(one)) {
        all.add(one);
      }
      from = end + 1;
    }
    return List.copyOf(all);
  }

  private static int port(String text, String digits) {
    int port = 0;
    boolean good = !digits.isEmpty() && digits.length() <= 5;
    for (int i = 0; good && i < digits.length(); i++) {
      char c = digits.charAt(i);
      good = c >= '0' && c <= '9';
      port = 10 * port + (c - '0');
    }
    if (!good || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "invalid port `" + digits + "` in `" + text + "`: expected 1 to 65535");
    }
    return port;
  }

  private static String host(String text, String host) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("`" + text + "` has no host: expected `tls://HOST:PORT`");
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      return v6(text, host.substring(1, host.length() - 1));
    }
    if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "IPv6 address without brackets in `" + text + "`: expected `tls://[ADDRESS]:PORT`");
    }
    boolean good = host.length() <= LONGEST_NAME;
    for (int i = 0; good && i < host.length(); i++) {
      char c = host.charAt(i);
      good = isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
    if (!good || !isLetterOrDigit(host.charAt(0))) {
      throw new IllegalArgumentException("invalid host name `" + host + "` in `" + text + "`");
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String v6(String text, String literal) {
    boolean good = literal.indexOf(':') >= 0;
    for (int i = 0; good && i < literal.length(); i++) {
      char c = literal.charAt(i);
      good = (Character.digit(c, 16) >= 0 && c < 0x7f) || c == ':' || c == '.';
    }
    try {
      if (good) {
        // A literal is not looked up; the brackets make everything else an error.
        return Address.of(InetAddress.getByName("[" + literal + "]").getAddress()).toString();
      }
    } catch (UnknownHostException notOne) {
      // Said below.
    }
    throw new IllegalArgumentException("invalid IPv6 address `" + literal + "` in `" + text + "`");
  }

  /** Whether it is on this machine, behind the permissions of a file. */
  public boolean isUnix() {
    return !path.isEmpty();
  }

  /** Its directory among those of a user's servers. */
  public String directory() {
    return host + "_" + port;
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    if (isUnix()) {
      return UNIX + path;
    }
    return TLS + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
