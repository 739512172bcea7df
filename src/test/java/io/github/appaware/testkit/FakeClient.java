package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/** The other end of a server's connection: says and hears messages on the test's thread. */
public final class FakeClient implements Closeable {
  private final SocketChannel socket;
  private final FrameChannel channel;

  /** The questions that came before a {@link #settle} was over. */
  private final Queue<Message> early = new ArrayDeque<>();

  public FakeClient(Path server) throws IOException {
    socket = SocketChannel.open(UnixDomainSocketAddress.of(server));
    channel = new FrameChannel(socket);
  }

  public void say(Message message) throws IOException {
    channel.write(message);
  }

  public void sayRaw(int... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    for (int each : bytes) {
      buffer.put((byte) each);
    }
    socket.write(buffer.flip());
  }

  private Message read() throws IOException {
    Message message = early.poll();
    return message == null ? channel.read() : message;
  }

  /** Waits for the next message, which must be of that type. */
  public <T extends Message> T hear(Class<T> type) throws IOException {
    Message message = read();
    assertThat(message).isInstanceOf(type);
    return type.cast(message);
  }

  /** Waits for the next message, which must be this one. */
  public void hear(Message expected) throws IOException {
    assertThat(read()).isEqualTo(expected);
  }

  /** Waits for the next message of that type; others may come before. */
  public <T extends Message> T await(Class<T> type) throws IOException {
    while (true) {
      Message message = read();
      assertThat(message).as("before the end, a " + type.getSimpleName()).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  /** As {@link #sync}, and questions that the server puts meanwhile are heard afterwards. */
  void settle() throws IOException {
    say(new Message.Flush(-1));
    Message message = channel.read();
    while (!(message instanceof Message.Noted)) {
      assertThat(message).as("before the end, a Noted").isNotNull();
      if (message instanceof QuestionMessage.Question) {
        early.add(message);
      }
      message = channel.read();
    }
  }

  /**
   * When it returns, the server has reacted to all that this peer of an answerer said. What it says
   * meanwhile is not heard.
   */
  public void sync() throws IOException {
    say(new Message.Flush(-1));
    Message.Noted unused = await(Message.Noted.class);
  }

  /** Waits for the end of the connection; no message may come before. */
  public void hearEnd() throws IOException {
    try {
      assertThat(read()).isNull();
    } catch (SocketException reset) {
      // The server did not read the last message: also an end.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
