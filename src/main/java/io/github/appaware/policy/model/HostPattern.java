package io.github.appaware.policy.model;

import java.util.regex.Pattern;

/**
 * A name of the far end, or every name below one.
 *
 * @param name in normal form
 * @param below whether it was {@code *.name}: every name below, not the name itself
 */
public record HostPattern(String name, boolean below) {
  private static final String BELOW = "*.";

  /** What C libraries take for an address: a last part of digits only, or in hexadecimal. */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern PORT = Pattern.compile("(.*):[0-9]+");

  /** Whether this is about the host, whose name is in normal form. */
  public boolean matches(String host) {
    if (!below) {
      return host.equals(name);
    }
    int dot = host.length() - name.length() - 1;
    return dot > 0 && host.charAt(dot) == '.' && host.endsWith(name);
  }

  /** Reads {@code name} or {@code *.name}. */
  public static HostPattern parse(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the host is empty, so it matches nothing", "");
    }
    rejectAddress(text);
    rejectUrl(text);
    boolean below = text.startsWith(BELOW);
    String name = below ? text.substring(BELOW.length()) : text;
    if (name.indexOf('*') >= 0 || name.isEmpty()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not a host pattern",
          text.equals("*")
              ? "leave `host` out to match every host"
              : "`*` can only be the whole first label, as in `*.example.com`");
    }
    String normal = HostSyntax.parse(name);
    // Once more: wide digits are plain digits in the normal form.
    rejectAddress(normal);
    return new HostPattern(normal, below);
  }

  private static void rejectAddress(String text) throws MalformedValue {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    boolean colons = first.indexOf(':') != first.lastIndexOf(':');
    if (colons || NUMERIC.matcher(first).matches()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is an address, not a host name", "use `address`");
    }
  }

  private static void rejectUrl(String text) throws MalformedValue {
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      String rest = text.substring(scheme + 3);
      throw new MalformedValue(
          UserText.quoted(text) + " is a URL, not a host name",
          "write the host alone: " + UserText.quoted(rest.split("[/:?#]", 2)[0]));
    }
    if (text.indexOf('/') >= 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " has a slash in it",
          "write the host alone: " + UserText.quoted(text.substring(0, text.indexOf('/'))));
    }
    var port = PORT.matcher(text);
    if (port.matches()) {
      throw new MalformedValue(
          UserText.quoted(text) + " has a port in it",
          "write the host alone, " + UserText.quoted(port.group(1)) + ", and the port in `port`");
    }
  }

  /** As policies have it, in normal form. */
  @Override
  public String toString() {
    return below ? BELOW + name : name;
  }
}
