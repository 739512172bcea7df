package io.github.appaware.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Connects by junixsocket to a path, while another thread has it lead now to one peer and now to
 * another, until the other one answers. A peer answers with a byte: 1 is the other.
 */
public final class JunixFlips {
  private static final int MOST = 20_000;

  private JunixFlips() {}

  /** Paths: the allowed peer, the other one, and the link. */
  public static void main(String[] arguments) throws Exception {
    Path link = Path.of(arguments[2]);
    Files.createSymbolicLink(link, Path.of(arguments[0]));
    Thread flipping =
        new Thread(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  Path next = link.resolveSibling("next");
                  Files.deleteIfExists(next);
                  Files.createSymbolicLink(next, Path.of(arguments[i % 2]));
                  Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
                }
              } catch (IOException e) {
                System.out.println(e);
              }
            });
    flipping.setDaemon(true);
    flipping.start();
    boolean reached = false;
    for (int i = 0; i < MOST && !reached; i++) {
      try (AFUNIXSocket socket = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(link))) {
        reached = socket.getInputStream().read() == 1;
      } catch (IOException e) {
        // Denied, or the wrong moment.
      }
    }
    System.out.println("reached the other: " + reached);
    System.exit(0);
  }
}
