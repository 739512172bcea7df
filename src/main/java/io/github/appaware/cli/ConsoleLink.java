package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.server.local.ConsoleKey;
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
import java.util.concurrent.TimeUnit;

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

  /** How long the end of a console may take for a server that does not read. */
  private static final long LEAVE_MILLIS = 500;

  /**
   * A remote server takes who says nothing for long for gone; what it answers proves that it is not
   * gone itself.
   */
  private static final long PING_SECONDS = 2;

  /** A server that says nothing for so long is gone, however the network pretends. */
  private static final int SILENCE_SECONDS = 6;

  private final FrameChannel channel;
  private final boolean answers;
  private final Map<String, RunInfo> runs = new LinkedHashMap<>();

  /** Whether the server is waited for, not who looks at what it said. */
  private volatile boolean listening;

  /** How often the server was heard. */
  private volatile int heard;

  private volatile boolean closed;

  private ConsoleLink(FrameChannel channel, boolean answers) {
    this.channel = channel;
    this.answers = answers;
  }

  /**
   * Attaches to a remote server.
   *
   * @param answers whether the certificate is of somebody who may answer, not only see
   * @throws IOException when it refuses
   */
  static ConsoleLink attach(FrameChannel channel, String user, boolean answers) throws IOException {
    ConsoleLink link = new ConsoleLink(channel, answers);
    begin("console-watch", link::watch);
    link.enter("", user);
    begin("console-ping", link::ping);
    return link;
  }

  private static void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Counts seconds in which this process ran: it may have been stopped, the server waiting. */
  private void watch() {
    try {
      int before = heard;
      int silent = 0;
      while (silent < SILENCE_SECONDS && !closed) {
        TimeUnit.SECONDS.sleep(1);
        silent = listening && heard == before ? silent + 1 : 0;
        before = heard;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(); // wakes whoever listens, or is stuck in a write
    }
  }

  private void ping() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(PING_SECONDS);
        write(new Message.Flush(0));
      }
    } catch (IOException | InterruptedException e) {
      close(); // wakes whoever listens
    }
  }

  private void enter(String key, String user) throws IOException {
    boolean in = false;
    try {
      send(new QuestionMessage.Watch(Message.VERSION, key, user));
      meet();
      in = true;
    } finally {
      if (!in) {
        close();
      }
    }
  }

  /** Whether it may answer questions. */
  boolean answers() {
    return answers;
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
    ConsoleLink link = new ConsoleLink(new FrameChannel(socket), true);
    link.enter(key, user);
    return link;
  }

  /** Hears of the runs that there are. */
  private void meet() throws IOException {
    mark();
    for (Message message = next(); !isMark(message); message = next()) {
      if (message instanceof Message.Refused refused) {
        throw new IOException(refused.why());
      } else if (message == null) {
        throw new IOException("the server closed the connection");
      } else if (message instanceof RunInfo info) {
        runs.put(info.run(), info);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread hears
  private Message next() throws IOException {
    listening = true;
    Message message = channel.read();
    listening = false;
    heard++;
    return message;
  }

  /** Those that were there when it met the server. */
  List<RunInfo> runs() {
    return List.copyOf(runs.values());
  }

  /** Has {@link #hear} return when all that was said before is answered. */
  void mark() throws IOException {
    write(answers ? new Preview(MARK, MARK, Choice.DENY_ONCE) : new Message.Flush(MARK));
  }

  private static boolean isMark(Message message) {
    return (message instanceof Previewed previewed && previewed.id() == MARK)
        || (message instanceof Message.Noted noted && noted.id() == MARK);
  }

  void send(QuestionMessage message) throws IOException {
    write(message);
  }

  private synchronized void write(Message message) throws IOException {
    channel.write(message);
  }

  /** Asks for questions, where they may be answered. */
  void attend() throws IOException {
    if (answers) {
      send(new QuestionMessage.Attend(true));
    }
  }

  /**
   * Says that this console does not come back, so that a server does not keep questions for it.
   * Waits for that a moment at most.
   */
  void leave() {
    if (!answers) {
      return;
    }
    Thread last =
        new Thread(
            () -> {
              try {
                send(new QuestionMessage.Attend(false));
              } catch (IOException e) {
                // The server is gone, and with it whoever would wait.
              }
            },
            "console-last-word");
    last.setDaemon(true);
    last.start();
    try {
      last.join(LEAVE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Shows what is said until the server ends the connection, or the next {@link #mark}.
   *
   * @return whether it was the mark
   */
  boolean hear(View view) {
    try {
      for (Message message = next(); message != null; message = next()) {
        if (isMark(message)) {
          return true;
        }
        if (message instanceof QuestionMessage shown) {
          view.show(shown);
        }
      }
    } catch (IOException e) {
      // The server was killed: there is no more to see than when it ended.
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
