package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.UnixServer;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * What an agent has of cached verdicts and of its connection to the server, without hooks: many of
 * them can be in one JVM.
 */
public final class LoadAgent implements Closeable {
  private final VerdictCache verdicts = new VerdictCache("load", "");
  private final Connection connection;

  private LoadAgent(Servers servers, Greeting greeting) throws IOException {
    connection = new Connection(servers, new Sockets(), greeting, null, verdicts, new LinkTime());
    verdicts.connect(connection);
    connection.begin();
    connection.connect(SelectorProvider.provider());
    try {
      connection.awaitWelcome();
    } catch (AgentStartException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** As in a run. */
  public static LoadAgent local(Path socket, String token) throws IOException {
    return new LoadAgent(new UnixServer(socket.toString(), new Sockets()), new Greeting(token));
  }

  /** Over a connection of the caller's. */
  public static LoadAgent over(Callable<FrameChannel> dial, Message.Join join) throws IOException {
    return new LoadAgent(
        new OneServer(dial),
        new Greeting("") {
          @Override
          ByteBuffer frame() throws IOException {
            return FrameChannel.frame(join);
          }
        });
  }

  /** Whether it is allowed. */
  public boolean decide(Event event) {
    return verdicts.checker(event).allowed();
  }

  @Override
  public void close() {
    verdicts.close();
  }

  private record OneServer(Callable<FrameChannel> dial) implements Servers {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int server) {
      return "the server";
    }

    @Override
    public FrameChannel connect(int server) throws IOException {
      try {
        return dial.call();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public String explain(int server, IOException failure) {
      return failure.getMessage();
    }

    @Override
    public boolean isRefusal(IOException failure) {
      return false;
    }

    @Override
    public boolean comeBack() {
      return false;
    }

    @Override
    public Message.Renew renewal(long now) {
      return null;
    }

    @Override
    public void renewed(String certificate) {}

    @Override
    public void enter() {}
  }
}
