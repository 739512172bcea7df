package io.github.appaware.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks for the processes at the other ends of sockets, and prints what came of it. */
public final class PeerProcessProgram {
  private PeerProcessProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    if (arguments.length > 1) {
      connect(path);
      return;
    }
    PeerProcess peers;
    try {
      peers = PeerProcess.open();
    } catch (UnavailableException e) {
      say("unavailable: " + e.getMessage());
      return;
    }
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      child(peers, server, path);
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel accepted = server.accept()) {
        long pid = ProcessHandle.current().pid();
        say("both ends of a pair: " + (peers.of(client) == pid && peers.of(accepted) == pid));
      }
      say("closed: " + refusal(peers, closed(path)));
      tcp(peers);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void child(PeerProcess peers, ServerSocketChannel server, Path path)
      throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                PeerProcessProgram.class.getName(),
                path.toString(),
                "connect")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (SocketChannel accepted = server.accept()) {
      say("a child: " + (peers.of(accepted) == child.pid()));
    }
    child.waitFor();
  }

  private static void connect(Path path) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      int unused = client.read(ByteBuffer.allocate(1)); // until the other end is closed
    }
  }

  private static SocketChannel closed(Path path) throws IOException {
    SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
    client.close();
    return client;
  }

  private static void tcp(PeerProcess peers) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
        SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
      say("TCP: " + refusal(peers, client));
    }
  }

  private static String refusal(PeerProcess peers, SocketChannel channel) {
    try {
      return "process " + peers.of(channel);
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
