package io.github.appaware.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A server above, played by a test: it takes connections and says what the test has it say. */
final class FarEnd implements Closeable {
  private final ServerSocketChannel acceptor = ServerSocketChannel.open();
  private final List<Line> lines = new ArrayList<>();

  FarEnd() throws IOException {
    acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
  }

  /** As a client reaches it. */
  FrameChannel dial() throws IOException {
    return new FrameChannel(SocketChannel.open(acceptor.getLocalAddress()));
  }

  /** The next connection. */
  Line accept() throws IOException {
    Line line = new Line(acceptor.accept());
    lines.add(line);
    return line;
  }

  /** The next connection, whose process is taken. */
  Line welcome(int epoch) throws IOException {
    Line line = accept();
    line.hear(Message.Join.class);
    line.say(new Message.Welcome(epoch));
    return line;
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    for (Line line : lines) {
      line.close();
    }
  }

  /** One connection. Flushes that are only signs of life are answered unseen. */
  static final class Line implements Closeable {
    private final FrameChannel channel;

    Line(SocketChannel socket) {
      channel = new FrameChannel(socket);
    }

    void say(Message message) throws IOException {
      channel.write(message);
    }

    Message hear() throws IOException {
      Message message = channel.read();
      while (message instanceof Message.Flush flush && flush.id() == 0) {
        channel.write(new Message.Noted(0));
        message = channel.read();
      }
      return message;
    }

    <T extends Message> T hear(Class<T> type) throws IOException {
      Message message = hear();
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
