package io.github.appaware.target;

import static io.github.appaware.target.EntryPoints.LOOPBACK;
import static io.github.appaware.target.EntryPoints.WAIT;

import io.github.appaware.target.EntryPointsOut.Handler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLServerSocketFactory;

/** Entry points that accept: each gets one connection, and reports what the connecting side saw. */
final class EntryPointsIn {
  private final EntryPoints all;

  private EntryPointsIn(EntryPoints all) {
    this.all = all;
  }

  static void all(EntryPoints all) {
    EntryPointsIn in = new EntryPointsIn(all);
    in.sockets();
    in.channels();
    in.asynchronous();
    in.unix();
  }

  private void sockets() {
    all.attempt("ServerSocket.accept", () -> accepted(new ServerSocket(0, 5, LOOPBACK)));
    all.attempt(
        "SSLServerSocket.accept",
        () -> accepted(SSLServerSocketFactory.getDefault().createServerSocket(0, 5, LOOPBACK)));
    all.attempt(
        "ServerSocket.implAccept",
        () ->
            accepted(
                new ServerSocket(0, 5, LOOPBACK) {
                  @Override
                  public Socket accept() throws IOException {
                    Socket socket = new Socket((java.net.SocketImpl) null) {};
                    implAccept(socket);
                    return socket;
                  }
                }));
    all.attempt(
        "ServerSocketChannel.socket.accept",
        () -> {
          try (ServerSocketChannel channel = open()) {
            return accepted(channel.socket());
          }
        });
  }

  private static String accepted(ServerSocket server) throws IOException {
    try (server;
        Socket client = new Socket(LOOPBACK, server.getLocalPort())) {
      server.setSoTimeout(WAIT);
      try (Socket accepted = server.accept()) {
        return accepted.isConnected() ? "accepted" : "accepted what is not connected";
      } catch (SocketTimeoutException e) {
        return "timed out, " + seen(client);
      }
    }
  }

  private void channels() {
    all.attempt(
        "ServerSocketChannel.accept(non-blocking)",
        () -> {
          try (ServerSocketChannel server = open();
              Socket client = knock(server.getLocalAddress())) {
            server.configureBlocking(false);
            return accepted(server, client);
          }
        });
    all.attempt(
        "ServerSocketChannel.accept(selector)",
        () -> {
          try (ServerSocketChannel server = open();
              Selector selector = Selector.open();
              Socket client = knock(server.getLocalAddress())) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            return selector.select(5000) + " " + accepted(server, client);
          }
        });
    all.attempt(
        "ServerSocketChannel.accept(blocking)",
        () -> {
          try (ServerSocketChannel server = open();
              Socket client = knock(server.getLocalAddress())) {
            Thread closer = new Thread(() -> closeWhenGone(client, server));
            closer.start();
            try (SocketChannel accepted = server.accept()) {
              return "accepted " + accepted.isConnected();
            } catch (java.nio.channels.AsynchronousCloseException e) {
              return "waited until it was closed, peer gone";
            }
          }
        });
  }

  /** Ends a call that would wait for ever. */
  private static void closeWhenGone(Socket client, ServerSocketChannel server) {
    try {
      if (seen(client).equals("peer gone")) {
        server.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ServerSocketChannel open() throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
  }

  private static Socket knock(SocketAddress server) throws IOException {
    return new Socket(LOOPBACK, ((InetSocketAddress) server).getPort());
  }

  private static String accepted(ServerSocketChannel server, Socket client) throws IOException {
    try (SocketChannel accepted = server.accept()) {
      return accepted == null ? "nobody, " + seen(client) : "accepted " + accepted.isConnected();
    }
  }

  private void asynchronous() {
    all.attempt(
        "AsynchronousServerSocketChannel.accept(future)",
        () -> {
          try (AsynchronousServerSocketChannel server = openAsynchronous();
              Socket client = knock(server.getLocalAddress())) {
            return accepted(server.accept(), client);
          }
        });
    all.attempt(
        "AsynchronousServerSocketChannel.accept(handler)",
        () -> {
          try (AsynchronousServerSocketChannel server = openAsynchronous();
              Socket client = knock(server.getLocalAddress())) {
            Handler<AsynchronousSocketChannel> handler = new Handler<>();
            server.accept(null, handler);
            return accepted(handler.future(), client);
          }
        });
    all.attempt(
        "AsynchronousServerSocketChannel.accept(event)",
        () -> {
          try (AsynchronousServerSocketChannel server = openAsynchronous()) {
            Future<AsynchronousSocketChannel> pending = server.accept();
            try (Socket client = knock(server.getLocalAddress())) {
              return accepted(pending, client);
            }
          }
        });
  }

  private static AsynchronousServerSocketChannel openAsynchronous() throws IOException {
    return AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
  }

  private static String accepted(Future<AsynchronousSocketChannel> pending, Socket client)
      throws Exception {
    try (AsynchronousSocketChannel accepted = pending.get(WAIT, TimeUnit.MILLISECONDS)) {
      return accepted.isOpen() ? "accepted" : "accepted what is closed";
    } catch (TimeoutException e) {
      return "pending, " + seen(client);
    }
  }

  private void unix() {
    all.attempt(
        "ServerSocketChannel.accept(unix)",
        () -> {
          Path path = all.directory.resolve("accept");
          UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
          try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address).configureBlocking(false);
            try (SocketChannel client = SocketChannel.open(address);
                SocketChannel accepted = server.accept()) {
              return accepted == null
                  ? "nobody, " + (client.read(ByteBuffer.allocate(1)) < 0 ? "peer gone" : "?")
                  : "accepted " + accepted.isConnected();
            }
          } finally {
            Files.deleteIfExists(path);
          }
        });
  }

  /** From the other side; waits until something happens. */
  private static String seen(Socket client) throws IOException {
    try {
      client.setSoTimeout(5000);
      return client.getInputStream().read() < 0 ? "peer gone" : "peer there";
    } catch (SocketTimeoutException e) {
      return "peer waits";
    } catch (IOException e) {
      return "peer gone";
    }
  }
}
