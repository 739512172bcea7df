package io.github.appaware.target;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Listens on and connects to each of two Unix-domain sockets. */
public final class UnixSockets {
  private static final List<Object> KEPT = new ArrayList<>();

  private UnixSockets() {}

  /** Arguments: a good path, a bad path. */
  public static void main(String[] arguments) throws IOException {
    for (int i = 0; i < 2; i++) {
      String name = i == 0 ? "good" : "bad";
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(arguments[i]);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      KEPT.add(server);
      show("listen " + name, () -> server.bind(address));
      show("connect " + name, () -> SocketChannel.open(address).close());
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void show(String what, Attempt attempt) {
    try {
      attempt.run();
      System.out.println(what + ": ok");
    } catch (IOException e) {
      System.out.println(what + ": " + e.getClass().getName());
    }
  }
}
