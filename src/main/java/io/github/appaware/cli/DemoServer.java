package io.github.appaware.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A web server on the loopback address that gives every request the same answer. */
final class DemoServer implements Closeable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 21\r\n\r\nhello from the server\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket;

  DemoServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread thread = new Thread(this::serve, "demo-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket peer = socket.accept()) {
        skipRequest(peer.getInputStream());
        peer.getOutputStream().write(ANSWER);
      } catch (IOException e) {
        // The peer closed the connection, or the demo ended.
      }
    }
  }

  /** Reads up to the empty line. */
  private static void skipRequest(InputStream in) throws IOException {
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      last = (last << 8) | b;
      if (last == 0x0d0a0d0a) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
