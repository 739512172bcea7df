package io.github.appaware.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What an application calls instead of connecting itself; in a jar of its own. */
public final class Library {
  private Library() {}

  /** Connects, three frames deep. */
  public static void connect(int port) throws IOException {
    Deeper.connect(port);
  }

  /** Another class of the library. */
  static final class Deeper {
    private Deeper() {}

    static void connect(int port) throws IOException {
      Deepest.connect(port);
    }
  }

  /** The one that calls the JDK. */
  static final class Deepest {
    private Deepest() {}

    static void connect(int port) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      }
    }
  }
}
