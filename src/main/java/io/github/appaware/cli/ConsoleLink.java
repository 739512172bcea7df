package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.server.ConsoleKey;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A console's connection to a server, over whatever channel: says what a person says, hears what
 * there is to see. One thread hears; any may speak.
 */
final class ConsoleLink implements Closeable {
  /** Of a question that there is none of: its answer comes after all that was said before. */
  private static final long MARK = -1;

  /** What is heard. */
  interface View {
    void show(QuestionMessage message) throws IOException;
  }

  private final FrameChannel channel;
  private final Map<String, RunInfo> runs = new LinkedHashMap<>();

  /** For a channel whose server knows already that this is a console. */
  ConsoleLink(FrameChannel channel) {
    this.channel = channel;
  }

  /**
   * Attaches to the server of a local run.
   *
   * @throws IOException when there is none, or it refuses
   */
  static ConsoleLink attach(Path directory, String user) throws IOException {
    String key = ConsoleKey.read(RunDirectory.key(directory));
    SocketChannel socket =
        SocketChannel.open(UnixDomainSocketAddress.of(RunDirectory.socket(directory)));
    ConsoleLink link = new ConsoleLink(new FrameChannel(socket));
    try {
      link.send(new QuestionMessage.Watch(Message.VERSION, key, user));
      link.meet();
      return link;
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  /** Hears of the runs that there are. */
  void meet() throws IOException {
    mark();
    for (Message message = channel.read(); !isMark(message); message = channel.read()) {
      if (message instanceof Message.Refused refused) {
        throw new IOException(refused.why());
      } else if (message == null) {
        throw new IOException("the server closed the connection");
      } else if (message instanceof RunInfo info) {
        runs.put(info.run(), info);
      }
    }
  }

  /** Those that were there when it met the server. */
  List<RunInfo> runs() {
    return List.copyOf(runs.values());
  }

  /** Has {@link #hear} return when all that was said before is answered. */
  void mark() throws IOException {
    send(new Preview(MARK, MARK, Choice.DENY_ONCE));
  }

  private static boolean isMark(Message message) {
    return message instanceof Previewed previewed && previewed.id() == MARK;
  }

  synchronized void send(QuestionMessage message) throws IOException {
    channel.write(message);
  }

  /** Shows what is said until the server ends the connection, or the next {@link #mark}. */
  void hear(View view) {
    try {
      for (Message message = channel.read(); message != null; message = channel.read()) {
        if (isMark(message)) {
          return;
        }
        if (message instanceof QuestionMessage shown) {
          view.show(shown);
        }
      }
    } catch (IOException e) {
      // The server was killed: there is no more to see than when it ended.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
