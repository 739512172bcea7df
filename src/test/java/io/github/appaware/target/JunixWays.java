package io.github.appaware.target;

import java.io.IOException;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Tries junixsocket and prints one line for each way. */
public final class JunixWays {
  private JunixWays() {}

  /** Paths: one where a peer listens, one for a new socket. */
  public static void main(String[] arguments) {
    try (AFUNIXSocket socket =
        AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(Path.of(arguments[0])))) {
      System.out.println("connect: " + socket.isConnected());
    } catch (IOException e) {
      System.out.println("connect: " + e);
    }
    try (AFUNIXServerSocket server =
        AFUNIXServerSocket.bindOn(AFUNIXSocketAddress.of(Path.of(arguments[1])))) {
      System.out.println("listen: " + server.isBound());
    } catch (IOException e) {
      System.out.println("listen: " + e);
    }
  }
}
