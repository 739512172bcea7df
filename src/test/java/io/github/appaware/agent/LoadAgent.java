package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * What an agent has of cached verdicts and of its line to the server, without hooks: many of them
 * can be in one JVM.
 */
public final class LoadAgent implements Closeable {
  private final VerdictCache verdicts = new VerdictCache("load", "");
  private final Connection connection;

  private LoadAgent(Path socket, String token, Callable<FrameChannel> admitted) throws IOException {
    connection =
        admitted == null
            ? new Connection(socket.toString(), token, verdicts)
            : new Admitted(verdicts, admitted);
    verdicts.connect(connection);
    connection.reader.start();
    connection.connect(SelectorProvider.provider());
    try {
      connection.awaitWelcome();
    } catch (AgentStartException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** As in a run. */
  public static LoadAgent local(Path socket, String token) throws IOException {
    return new LoadAgent(socket, token, null);
  }

  /** On a connection that the server has welcomed under its first epoch. */
  public static LoadAgent over(Callable<FrameChannel> admitted) throws IOException {
    return new LoadAgent(null, "", admitted);
  }

  /** Whether it is allowed. */
  public boolean decide(Event event) {
    return verdicts.checker(event).allowed();
  }

  @Override
  public void close() throws IOException {
    connection.finishing = true;
    connection.channel.close();
    connection.outgoing.add(FrameChannel.frame(new Message.Flush(1))); // ends the writing thread
  }

  private static final class Admitted extends Connection {
    private final Callable<FrameChannel> admitted;

    Admitted(VerdictCache verdicts, Callable<FrameChannel> admitted) {
      super("", "", verdicts);
      this.admitted = admitted;
    }

    @Override
    void serve() throws IOException {
      try {
        channel = admitted.call();
      } catch (Exception e) {
        throw new IOException(e);
      }
      verdicts.epoch(1);
      welcome.answer("");
      for (Message message = channel.read(); message != null; message = channel.read()) {
        receive(message);
      }
    }
  }
}
