package io.github.appaware.agent;

import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Code sources as paths: {@code /lib/a.jar}, and for nested jars {@code /app.jar!/lib/a.jar}. */
final class CodeLocations {
  private CodeLocations() {}

  /**
   * A URL as text, without {@link URL#toExternalForm()}: that asks the URL's handler, which may be
   * the application's and has no business on the agent's stack, with the agent's privileges.
   */
  static String text(URL url) {
    String authority = url.getAuthority();
    String text =
        url.getProtocol()
            .concat(":")
            .concat(authority == null || authority.isEmpty() ? "" : "//".concat(authority));
    String path = url.getPath();
    String query = url.getQuery();
    text = path == null ? text : text.concat(path);
    text = query == null ? text : text.concat("?").concat(query);
    return url.getRef() == null ? text : text.concat("#").concat(url.getRef());
  }

  /**
   * The path of a URL.
   *
   * @param url of a jar or directory, also within a jar as Spring Boot's loaders write it: {@code
   *     jar:file:/app.jar!/lib/a.jar!/} and {@code jar:nested:/app.jar/!lib/a.jar!/}
   */
  static String path(String url) {
    String rest = url;
    if (rest.startsWith("jar:")) {
      rest = rest.substring(4);
    }
    if (rest.startsWith("nested:")) {
      rest = rest.substring(7);
      int inside = rest.indexOf("/!");
      if (inside >= 0) {
        rest = rest.substring(0, inside).concat("!/").concat(rest.substring(inside + 2));
      }
    } else if (rest.startsWith("file:")) {
      rest = rest.substring(5);
    } else {
      return url; // not a file: can't be measured, but shown
    }
    if (rest.startsWith("//")) {
      rest = rest.substring(2);
    }
    if (rest.endsWith("!/")) {
      rest = rest.substring(0, rest.length() - 2);
    }
    if (rest.length() > 1 && rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return rest.indexOf('%') < 0 ? rest : decoded(rest);
  }

  /**
   * Decodes escapes. {@code URLDecoder} would turn plus signs into spaces; a malformed escape is
   * literal.
   */
  private static String decoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (low < 0) {
        out[length++] = in[i];
      } else {
        out[length++] = (byte) (16 * high + low);
        i += 2;
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
