package io.github.appaware.bench;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The bare echo that a decision server is compared with: the same transport, the same sizes of
 * frames, a thread for each connection, and nothing done in between.
 */
public final class LoadServers {
  /** What is asked, and what is answered. */
  static final Message.Ask ASK =
      new Message.Ask(
          1,
          new Event.Inet(
                  EventKind.CONNECT,
                  Protocol.TCP,
                  Address.of(new byte[] {(byte) 192, 0, 2, 1}),
                  443)
              .withHost("host-000.example.com"),
          Origin.UNKNOWN);

  private LoadServers() {}

  /** The event of one of 256 endpoints. */
  static Message.Ask ask(long id) {
    String host = "host-" + (100 + id % 256) + ".example.com";
    Address address = Address.of(new byte[] {(byte) 192, 0, 2, (byte) id});
    return new Message.Ask(
        id,
        new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, 443).withHost(host),
        Origin.UNKNOWN);
  }

  /** The first of those events. */
  static List<Event> events(int count) {
    return LongStream.range(0, count).mapToObj(id -> ask(id).event()).toList();
  }

  static Application application(String user) {
    return Application.builder()
        .file("app.jar")
        .path("/app.jar")
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user(user)
        .pid(1)
        .directory("/")
        .build();
  }

  /** The echo's process: {@code unix PATH} or {@code tls HOME PORT}; prints its port. */
  public static void main(String[] arguments) throws Exception {
    byte[] answer = answer();
    if (arguments[0].equals("unix")) {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(arguments[1]), 1024);
      System.out.println("0");
      while (true) {
        serve(server.accept(), answer, null);
      }
    }
    ServerTrust trust = ServerTrust.open(Path.of(arguments[1]), Clock.systemUTC());
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])),
        1024);
    System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
    while (true) {
      serve(server.accept(), answer, trust);
    }
  }

  /** A verdict's frame, as the server under the benchmark's policy sends it. */
  private static byte[] answer() throws IOException {
    Verdict verdict =
        new Verdict(
            true, new Reason(Reason.Kind.RULE, "rule-0", "p.toml:3"), Verdict.Reuse.ENDPOINT, 1);
    ByteBuffer frame = FrameChannel.frame(new Message.Decided(1, verdict));
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static void serve(SocketChannel socket, byte[] answer, ServerTrust trust) {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                if (trust != null) {
                  socket.socket().setTcpNoDelay(true);
                }
                ByteChannel channel =
                    trust == null
                        ? socket
                        : TlsChannel.over(socket, trust.engine(), Duration.ofSeconds(60));
                echo(channel, answer);
              } catch (Exception e) {
                // The client is gone.
              }
            },
            "echo",
            256 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  private static void echo(ByteChannel channel, byte[] answer) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(4096).flip();
    while (true) {
      int length = fill(channel, in, 4).getInt();
      ByteBuffer body = fill(channel, in, length);
      body.position(body.position() + length);
      ByteBuffer out = ByteBuffer.wrap(answer);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }
  }

  private static ByteBuffer fill(ByteChannel channel, ByteBuffer in, int count) throws IOException {
    if (in.remaining() < count) {
      in.compact();
      while (in.position() < count) {
        if (channel.read(in) < 0) {
          throw new EOFException();
        }
      }
      in.flip();
    }
    return in;
  }
}
