package io.github.appaware.policy.model;

/**
 * Ports from low to high, both included.
 *
 * @param low 0 to 65535
 * @param high low to 65535
 */
public record PortRange(int low, int high) {
  private static final int MAX = 65535;

  public boolean contains(int port) {
    return low <= port && port <= high;
  }

  /** Reads {@code 443} or {@code 8000-8099}. */
  public static PortRange parse(String text) throws MalformedValue {
    int dash = text.indexOf('-', 1);
    if (dash < 0) {
      int port = port(text, text);
      return new PortRange(port, port);
    }
    int low = port(text.substring(0, dash), text);
    int high = port(text.substring(dash + 1), text);
    if (low > high) {
      throw new MalformedValue(
          "the port range " + UserText.quoted(text) + " is empty",
          "write `" + high + "-" + low + "`");
    }
    return new PortRange(low, high);
  }

  private static int port(String digits, String whole) throws MalformedValue {
    int port = Decimal.parse(digits, MAX);
    if (port < 0) {
      throw new MalformedValue(
          UserText.quoted(whole) + " is not a port",
          "write a number from 0 to 65535, or a range like `\"8000-8099\"`");
    }
    return port;
  }

  /** As policies have it: {@code 443} or {@code 8000-8099}. */
  @Override
  public String toString() {
    return low == high ? Integer.toString(low) : low + "-" + high;
  }
}
