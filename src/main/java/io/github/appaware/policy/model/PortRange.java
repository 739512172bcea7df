package io.github.appaware.policy.model;

/**
 * Ports from low to high, both included; or {@link #EPHEMERAL}.
 *
 * @param low 0 to 65535
 * @param high low to 65535
 */
public record PortRange(int low, int high) {
  private static final int MAX = 65535;

  /**
   * Any port that the system chose, as the application asked for port 0: another one each time.
   * Above all ports, so that it is disjoint from every range.
   */
  public static final PortRange EPHEMERAL = new PortRange(MAX + 1, MAX + 1);

  private static final String EPHEMERAL_WORD = "ephemeral";

  /** Whether the port is one of these. */
  public boolean contains(int port) {
    return low <= port && port <= high;
  }

  /**
   * Whether the port is one of these.
   *
   * @param ephemeral whether the system chose it
   */
  public boolean contains(int port, boolean ephemeral) {
    return contains(port) || (ephemeral && equals(EPHEMERAL));
  }

  /** Reads {@code 443}, {@code 8000-8099} or {@code ephemeral}. */
  public static PortRange parse(String text) throws MalformedValue {
    if (text.equals(EPHEMERAL_WORD)) {
      return EPHEMERAL;
    }
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
          "write a number from 0 to 65535, a range like `\"8000-8099\"`, or `\"ephemeral\"`");
    }
    return port;
  }

  /** As policies have it: {@code 443}, {@code 8000-8099} or {@code ephemeral}. */
  @Override
  public String toString() {
    if (equals(EPHEMERAL)) {
      return EPHEMERAL_WORD;
    }
    return low == high ? Integer.toString(low) : low + "-" + high;
  }
}
