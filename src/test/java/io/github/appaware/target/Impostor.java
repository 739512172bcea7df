package io.github.appaware.target;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tries to be a console of its own run: reads the secret of consoles and connects to the server's
 * socket, by all names that it can give it. With an argument, in a child JVM.
 */
public final class Impostor {
  private Impostor() {}

  /** Prints a line for each attempt. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = System.getProperty("java.class.path");
      Process child =
          new ProcessBuilder(java, "-cp", classes, Impostor.class.getName()).inheritIO().start();
      System.exit(child.waitFor());
    }
    Path runtime = Path.of(System.getenv("XDG_RUNTIME_DIR"));
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(runtime, "appaware-*")) {
      for (Path run : runs) {
        attack(run);
      }
    }
  }

  private static void attack(Path run) throws IOException {
    System.out.println("key of " + Files.readString(run.resolve("console")).length());
    Path socket = run.resolve("s");
    Path links = Files.createTempDirectory("i");
    Path hard = Files.createLink(links.resolve("h"), socket);
    Path soft = Files.createSymbolicLink(links.resolve("s"), socket);
    for (Path path : List.of(socket, hard, soft, run.resolve("../" + run.getFileName() + "/s"))) {
      connect(path);
    }
    // First its own socket, which may be reached, then the server's under the same name.
    Path own = links.resolve("own");
    try (var server = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(own));
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(own))) {
        System.out.println("own " + channel.isConnected());
      }
    }
    Files.delete(own);
    connect(Files.createLink(own, socket));
  }

  private static void connect(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      System.out.println("CONNECTED " + channel.isConnected());
    } catch (IOException e) {
      System.out.println(e.getMessage().replaceAll(" to \\S+ ", " to it "));
    }
  }
}
