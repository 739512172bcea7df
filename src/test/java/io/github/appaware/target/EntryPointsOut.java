package io.github.appaware.target;

import static io.github.appaware.target.EntryPoints.LOOPBACK;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Entry points that look up, connect, bind or listen. */
final class EntryPointsOut {
  private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

  private final EntryPoints all;

  private EntryPointsOut(EntryPoints all) {
    this.all = all;
  }

  static void all(EntryPoints all) {
    EntryPointsOut out = new EntryPointsOut(all);
    out.lookUps();
    out.sockets();
    out.channels();
    out.asynchronous();
    out.servers();
  }

  private void lookUps() {
    all.attempt("getByName", () -> InetAddress.getByName("one.example").getHostAddress());
    all.attempt("getAllByName", () -> InetAddress.getAllByName("two.example").length);
    all.attempt("getHostName", () -> address(1).getHostName());
    all.attempt("getCanonicalHostName", () -> address(2).getCanonicalHostName());
    all.attempt("address.getHostName", () -> new InetSocketAddress(address(3), 1).getHostName());
    all.attempt(
        "Socket(unresolved)",
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("three.example", all.tcp.getPort()));
            return "connected";
          }
        });
    all.attempt(
        "SocketChannel(unresolved)",
        () -> connected(SocketChannel.open(new InetSocketAddress("four.example", 1))));
    all.attempt("isReachable", () -> LOOPBACK.isReachable(1000));
    all.attempt(
        "isReachable(interface)",
        () -> LOOPBACK.isReachable(NetworkInterface.getByName("lo"), 5, 1000));
  }

  /** Never the same twice, as names are kept in the address. */
  private static InetAddress address(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 9, (byte) last});
  }

  private void sockets() {
    int port = all.tcp.getPort();
    all.attempt("Socket(address)", () -> connected(new Socket(LOOPBACK, port)));
    all.attempt("Socket(text)", () -> connected(new Socket("127.0.0.1", port)));
    all.attempt("Socket(name)", () -> connected(new Socket("localhost", port)));
    all.attempt("Socket(local)", () -> connected(new Socket(LOOPBACK, port, LOOPBACK, 0)));
    all.attempt(
        "Socket.connect",
        () -> {
          Socket socket = new Socket();
          socket.connect(all.tcp);
          return connected(socket);
        });
    all.attempt(
        "Socket.connect(timeout)",
        () -> {
          Socket socket = new Socket();
          socket.connect(all.tcp, 5000);
          return connected(socket);
        });
    all.attempt(
        "Socket.connect(mapped)",
        () -> {
          byte[] raw = new byte[16];
          raw[10] = -1;
          raw[11] = -1;
          raw[12] = 127;
          raw[15] = 1;
          return connected(new Socket(InetAddress.getByAddress(raw), port));
        });
    all.attempt(
        "Socket(no proxy)",
        () -> {
          Socket socket = new Socket(Proxy.NO_PROXY);
          socket.connect(all.tcp);
          return connected(socket);
        });
    all.attempt(
        "Socket(SOCKS)",
        () -> {
          try (Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, all.tcp))) {
            socket.connect(all.web);
            return "connected";
          }
        });
    all.attempt(
        "Socket(HTTP proxy)",
        () -> {
          try (Socket socket = new Socket(new Proxy(Proxy.Type.HTTP, all.tcp))) {
            socket.connect(all.web);
            return "connected";
          }
        });
    all.attempt(
        "Socket.bind",
        () -> {
          try (Socket socket = new Socket()) {
            socket.bind(ANY_PORT);
            return "bound";
          }
        });
    all.attempt(
        "SocketFactory", () -> connected(SocketFactory.getDefault().createSocket(LOOPBACK, port)));
    all.attempt(
        "SSLSocketFactory",
        () -> connected(SSLSocketFactory.getDefault().createSocket(LOOPBACK, port)));
  }

  private void channels() {
    all.attempt("SocketChannel.open", () -> connected(SocketChannel.open(all.tcp)));
    all.attempt(
        "SocketChannel.connect",
        () -> {
          SocketChannel channel = SocketChannel.open();
          channel.connect(all.tcp);
          return connected(channel);
        });
    all.attempt(
        "SocketChannel(INET)",
        () -> {
          SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
          channel.connect(all.tcp);
          return connected(channel);
        });
    all.attempt(
        "SocketChannel(selector)",
        () -> {
          try (Selector selector = Selector.open();
              SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(all.tcp)) {
              selector.select(5000);
              channel.finishConnect();
            }
            return "connected";
          }
        });
    all.attempt(
        "SocketChannel.socket.connect",
        () -> {
          SocketChannel channel = SocketChannel.open();
          channel.socket().connect(all.tcp);
          return connected(channel);
        });
    all.attempt(
        "SocketChannel.socket.connect(timeout)",
        () -> {
          SocketChannel channel = SocketChannel.open();
          channel.socket().connect(all.tcp, 5000);
          return connected(channel);
        });
    all.attempt(
        "SocketChannel.bind",
        () -> {
          try (SocketChannel channel = SocketChannel.open()) {
            return "bound " + (channel.bind(ANY_PORT).getLocalAddress() != null);
          }
        });
    all.attempt(
        "SelectorProvider",
        () -> {
          SocketChannel channel = SelectorProvider.provider().openSocketChannel();
          channel.connect(all.tcp);
          return connected(channel);
        });
    all.attempt(
        "SocketChannel(unix)",
        () ->
            connected(
                SocketChannel.open(UnixDomainSocketAddress.of(all.directory.resolve("peer")))));
    all.attempt(
        "SocketChannel.bind(unix)",
        () -> {
          try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(all.directory.resolve("client")));
            return "bound";
          } finally {
            Files.deleteIfExists(all.directory.resolve("client"));
          }
        });
  }

  private void asynchronous() {
    all.attempt(
        "AsynchronousSocketChannel(future)",
        () -> {
          try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(all.tcp).get();
            return "connected";
          }
        });
    all.attempt(
        "AsynchronousSocketChannel(handler)",
        () -> {
          try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            Handler<Void> handler = new Handler<>();
            channel.connect(all.tcp, null, handler);
            handler.get();
            return "connected";
          }
        });
    all.attempt(
        "AsynchronousSocketChannel(group)",
        () -> {
          AsynchronousChannelGroup group =
              AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
          try (AsynchronousSocketChannel channel =
              AsynchronousChannelProvider.provider().openAsynchronousSocketChannel(group)) {
            channel.connect(all.tcp).get();
            return "connected";
          } finally {
            group.shutdownNow();
          }
        });
    all.attempt(
        "AsynchronousSocketChannel.bind",
        () -> {
          try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            return "bound " + (channel.bind(ANY_PORT).getLocalAddress() != null);
          }
        });
  }

  private void servers() {
    InetSocketAddress own = new InetSocketAddress(LOOPBACK, all.own);
    all.attempt("ServerSocket(port)", () -> listening(new ServerSocket(all.own)));
    all.attempt("ServerSocket(address)", () -> listening(new ServerSocket(all.own, 5, LOOPBACK)));
    all.attempt(
        "ServerSocket.bind",
        () -> {
          ServerSocket server = new ServerSocket();
          server.bind(own);
          return listening(server);
        });
    all.attempt(
        "ServerSocketFactory",
        () -> listening(ServerSocketFactory.getDefault().createServerSocket(all.own)));
    all.attempt(
        "SSLServerSocketFactory",
        () -> listening(SSLServerSocketFactory.getDefault().createServerSocket(all.own)));
    all.attempt(
        "ServerSocketChannel.bind",
        () -> {
          try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(own);
            return "listening";
          }
        });
    all.attempt(
        "ServerSocketChannel.socket.bind",
        () -> {
          try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.socket().bind(own);
            return "listening";
          }
        });
    all.attempt(
        "ServerSocketChannel.bind(unix)",
        () -> {
          try (ServerSocketChannel channel =
              ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(all.directory.resolve("server")));
            return "listening";
          } finally {
            Files.deleteIfExists(all.directory.resolve("server"));
          }
        });
    all.attempt(
        "AsynchronousServerSocketChannel.bind",
        () -> {
          try (AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open()) {
            channel.bind(own);
            return "listening";
          }
        });
  }

  private static String connected(Socket socket) throws IOException {
    try (socket) {
      return socket.isConnected() ? "connected" : "not connected";
    }
  }

  private static String connected(SocketChannel channel) throws IOException {
    try (channel) {
      return channel.isConnected() ? "connected" : "not connected";
    }
  }

  private static String listening(ServerSocket server) throws IOException {
    try (server) {
      return server.isBound() ? "listening" : "not listening";
    }
  }

  /** A future, for an operation that wants to be told. */
  static final class Handler<T> implements CompletionHandler<T, Void> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    @Override
    public void completed(T value, Void none) {
      result.complete(value);
    }

    @Override
    public void failed(Throwable failure, Void none) {
      result.completeExceptionally(failure);
    }

    T get() throws InterruptedException, ExecutionException {
      return result.get();
    }

    CompletableFuture<T> future() {
      return result;
    }
  }
}
