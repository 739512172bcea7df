package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.link.Client;
import io.github.appaware.link.Link;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.RefusedException;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.UnixServer;
import io.github.appaware.server.local.ConsoleKey;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A console's connection to a server, local or remote: what it does with the messages of a {@link
 * Link}. One thread attaches, hears and comes back; any may send.
 */
final class ConsoleLink implements Client, Closeable {
  /** The flush that {@link #mark} sends. */
  private static final long MARK = 1;

  /** Shows what the server says. */
  interface View {
    void show(QuestionMessage message) throws IOException;
  }

  /** How long the end of a console may take for a server that does not read. */
  private static final long LEAVE_MILLIS = 500;

  private static final long STACK = 256 * 1024;

  private final Link link;
  private final String key;
  private final String user;
  private final boolean answers;
  private final Map<String, RunInfo> runs = new LinkedHashMap<>();

  /** Null until the server has said which runs there are. */
  private View view;

  /**
   * Not attached yet.
   *
   * @param key the secret of the consoles of a local server, else empty
   * @param answers whether this console may answer, not only see
   */
  ConsoleLink(Servers servers, String key, String user, boolean answers, LinkTime time) {
    this.key = key;
    this.user = user;
    this.answers = answers;
    link = new Link("console", STACK, servers, this, time);
  }

  /**
   * Attaches to the server of a local run.
   *
   * @throws IOException when there is none, or it refuses
   */
  static ConsoleLink attach(Path directory, String user) throws IOException {
    String key = ConsoleKey.read(RunDirectory.key(directory));
    String socket = RunDirectory.socket(directory).toString();
    return new ConsoleLink(new UnixServer(socket, new Sockets()), key, user, true, new LinkTime())
        .attach();
  }

  /**
   * Attaches, and hears of the runs that there are.
   *
   * @throws IOException when no server accepts it
   */
  ConsoleLink attach() throws IOException {
    boolean attached = false;
    try {
      link.startChecking();
      meet();
      attached = true;
      return this;
    } finally {
      if (!attached) {
        close();
      }
    }
  }

  private void meet() throws IOException {
    view = null;
    runs.clear();
    link.reader().connect();
    mark();
    if (link.reader().listen()) {
      throw new IOException("the server closed the connection");
    }
  }

  /**
   * Attaches again, however long that takes.
   *
   * @throws RefusedException when the server does not accept this console any more
   */
  void comeBack() throws RefusedException {
    while (true) {
      link.lose();
      link.reader().rest();
      try {
        meet();
        return;
      } catch (RefusedException e) {
        throw e;
      } catch (IOException away) {
        // Again, after a longer pause.
      }
    }
  }

  /** Whether it may answer questions. */
  boolean answers() {
    return answers;
  }

  /** Those that were there when it attached. */
  List<RunInfo> runs() {
    return List.copyOf(runs.values());
  }

  /** Has {@link #hear} return when all that was sent before is done. */
  void mark() throws IOException {
    link.say(new Message.Flush(MARK));
  }

  void send(QuestionMessage message) throws IOException {
    link.say(message);
  }

  /** Asks for questions, where they may be answered. */
  void attend() throws IOException {
    if (answers) {
      send(new QuestionMessage.Attend(true));
    }
  }

  /**
   * Tells the server that this console does not come back, so that it does not keep questions for
   * it. Waits a moment at most.
   */
  void leave() {
    if (!answers) {
      return;
    }
    try {
      send(new QuestionMessage.Attend(false));
      link.awaitSent(LEAVE_MILLIS);
    } catch (IOException e) {
      // There is no server to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Shows what the server says until the connection ends, or the next {@link #mark}.
   *
   * @return whether it was the mark
   * @throws RefusedException when the server does not accept this console any more
   */
  boolean hear(View shown) throws RefusedException {
    view = shown;
    try {
      return !link.reader().listen();
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      return false; // the server was killed: there is no more to see than when it ends
    }
  }

  @Override
  public ByteBuffer hello() throws IOException {
    return FrameChannel.frame(new QuestionMessage.Watch(Message.VERSION, key, user));
  }

  @Override
  public boolean receive(Message message) throws IOException {
    if (message instanceof Message.Noted noted && noted.id() == MARK) {
      return false;
    }
    if (message instanceof QuestionMessage shown && view != null) {
      view.show(shown);
    } else if (message instanceof RunInfo info) {
      runs.put(info.run(), info);
    }
    return true;
  }

  @Override
  public void welcomed(int epoch) {}

  @Override
  public void connected(boolean again) {}

  @Override
  public void lost(String why, boolean refused) {}

  @Override
  public void full() {}

  @Override
  public void close() {
    link.close();
  }
}
