package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.Operation;
import java.util.BitSet;

/**
 * The local ports that this process has asked for by number. Any other port on which it listens was
 * chosen by the system, as the program asked for port 0 or for none: it is another one in the next
 * run. A port that was asked for once counts as such for good, also when it was not bound in the
 * end, so that an allowance of ports that the system chose never covers it. Safe for all threads.
 */
final class AskedPorts {
  private final BitSet tcp = new BitSet();
  private final BitSet udp = new BitSet();
  private final BitSet sctp = new BitSet();

  /** Before a socket is bound to the port. */
  void bind(int port, Object transport) {
    BitSet ports = of(transport);
    synchronized (ports) {
      ports.set(port);
    }
  }

  /** Whether the system chose the local port of {@link Operation#LISTEN} and what arrives there. */
  boolean isEphemeral(int port, Object transport) {
    BitSet ports = of(transport);
    synchronized (ports) {
      return port != 0 && !ports.get(port);
    }
  }

  private BitSet of(Object transport) {
    return switch ((Integer) transport) {
      case Bridge.DATAGRAM, Bridge.UDP -> udp;
      case Bridge.SCTP -> sctp;
      default -> tcp;
    };
  }
}
