package io.github.appaware.guard;

import io.github.appaware.linux.SocketCalls.FileKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of datagram sockets that take back their connection: the kernel then takes away a port
 * that it chose, and programs (the JDK is one) bind it again, which is no event, as asking for any
 * port was none. Safe for all threads.
 */
final class FormerPorts {
  private static final int MOST = 1_000;

  private final Map<FileKey, Integer> ports =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileKey, Integer> eldest) {
          return size() > MOST;
        }
      };

  /** A socket with this port is about to be disconnected. */
  synchronized void disconnecting(FileKey socket, int port) {
    if (socket != null && port != 0) {
      ports.put(socket, port);
    }
  }

  /** Whether a socket had this port when it was disconnected last; asked once. */
  synchronized boolean hadBefore(FileKey socket, int port) {
    if (socket == null || ports.isEmpty()) {
      return false;
    }
    Integer before = ports.remove(socket);
    return before != null && before == port;
  }
}
