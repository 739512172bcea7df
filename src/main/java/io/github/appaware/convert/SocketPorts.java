package io.github.appaware.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * The port range of a {@link java.net.SocketPermission}: {@code 80}, {@code -1023}, {@code 1024-},
 * {@code 8000-8099}, or nothing for all.
 *
 * <p>A range that begins with 0 includes the system's ephemeral ports, and one that includes them
 * all lets a program listen on port 0, that is, on any free one ({@code SocketPermission.inRange}
 * in the JDK). The system's range is taken for Linux's usual one.
 *
 * @param ports for a rule; empty for all
 * @param toListen the same for events of listening, where port 0 has a meaning
 * @param remark what depends on the system; empty if nothing does
 */
record SocketPorts(List<String> ports, List<String> toListen, String remark) {
  private static final int LOW = 32768;
  private static final int HIGH = 60999;
  private static final int FIRST_UNPRIVILEGED = 1024;
  private static final int LAST = 65535;

  private static final String EPHEMERAL = LOW + "-" + HIGH;

  private static final String REMARK = "port 0 is taken for Linux's usual range of ephemeral ports";

  static SocketPorts of(String text) {
    if (text.isEmpty() || text.equals(":") || text.equals("*")) {
      return new SocketPorts(List.of(), List.of(), "");
    }
    String from = text.startsWith("-") ? "0" + text : text;
    String range = from.endsWith("-") ? from + LAST : from;
    if (!range.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
      return new SocketPorts(List.of(text), List.of(text), ""); // the reader has a message for it
    }
    int dash = range.indexOf('-');
    int low = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
    int high = Integer.parseInt(dash < 0 ? range : range.substring(dash + 1));
    if (low == 0) {
      return fromZero(range, high);
    }
    boolean all = low <= LOW && high >= HIGH;
    boolean anySystem = low <= FIRST_UNPRIVILEGED && high == LAST;
    List<String> listening = new ArrayList<>(List.of(range));
    if (all) {
      listening.add(0, "0");
    }
    return new SocketPorts(List.of(range), listening, all && !anySystem ? REMARK : "");
  }

  private static SocketPorts fromZero(String range, int high) {
    if (high == LAST) {
      return new SocketPorts(List.of(), List.of(), "");
    }
    List<String> both = high >= HIGH ? List.of(range) : List.of(range, EPHEMERAL);
    return new SocketPorts(both, both, REMARK);
  }
}
