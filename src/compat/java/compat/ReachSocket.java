package compat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;

// table: JDK Socket
final class ReachSocket {
  public static void main(String[] args) {
    Reach.main(args, ReachSocket::go);
  }

  private static void go(String host, int port) throws Exception {
    try (Socket socket = new Socket(host, port)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Reach.expect(socket.getInputStream().read() == 'H', "another");
    }
  }
}
