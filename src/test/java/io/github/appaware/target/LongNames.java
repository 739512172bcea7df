package io.github.appaware.target;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Connects to Unix-domain sockets whose paths are as long as the system allows, or longer. */
public final class LongNames {
  private LongNames() {}

  /** Says of each length and way to write it what came of it. */
  public static void main(String[] arguments) throws IOException {
    Path below = Files.createDirectories(Path.of("d"));
    for (int length : new int[] {20, 80, 90, 95, 96, 97, 98, 100, 104, 105, 106, 107, 108, 120}) {
      reach(Path.of("x".repeat(length)));
      reach(below.resolve("y".repeat(length - 2)));
      Path absolute = below.toAbsolutePath();
      reach(absolute.resolve("z".repeat(Math.max(1, length - absolute.toString().length() - 1))));
    }
  }

  private static void reach(Path path) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    String what = path.toString().length() + " " + path.getFileName().toString().charAt(0) + ": ";
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address)) {
        System.out.println(what + client.getRemoteAddress().equals(address));
      }
    } catch (IOException e) {
      System.out.println(what + e);
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
