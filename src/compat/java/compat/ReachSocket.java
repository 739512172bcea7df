package compat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

// table: JDK Socket
// proxies: socks connect
final class ReachSocket {
  public static void main(String[] args) {
    Reach.main(args, ReachSocket::go);
  }

  private static void go(String host, int port) throws Exception {
    Proxy proxy = Reach.socketProxy();
    try (Socket socket = new Socket(proxy)) {
      socket.connect(
          proxy == Proxy.NO_PROXY
              ? new InetSocketAddress(host, port)
              : InetSocketAddress.createUnresolved(host, port));
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Reach.expect(socket.getInputStream().read() == 'H', "another");
    }
  }
}
