package io.github.appaware.agent;

import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.TestedClient;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent without a launcher. */
public final class TestedAgent implements TestedClient {
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final Servers servers;
  private final LinkTime time;
  private volatile Connection connection;

  public TestedAgent(Servers servers, LinkTime time) {
    this.servers = servers;
    this.time = time;
  }

  /** On the thread that waits for the welcome. */
  private Connection make() {
    VerdictCache verdicts = new VerdictCache("tested", "");
    Connection made =
        new Connection(
            servers, new Sockets(), new Greeting("token"), new Grace(0, time), verdicts, time) {
          @Override
          void tell(String text) {
            if (text.startsWith("the decision server is away (")) {
              news.add("lost");
            } else if (text.equals("the decision server is back")) {
              news.add("back");
            } else {
              news.add(text);
            }
          }
        };
    verdicts.connect(made);
    return made;
  }

  @Override
  public void start() {
    Thread thread =
        new Thread(
            () -> {
              try {
                connection = make();
                connection.begin();
                connection.connect(SelectorProvider.provider());
                connection.awaitWelcome();
                news.add("connected");
              } catch (AgentStartException e) {
                news.add("failed " + e.getMessage());
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String news() throws InterruptedException {
    return news.poll(20, TimeUnit.SECONDS);
  }

  @Override
  public String newsUntilNow() {
    return news.poll();
  }

  @Override
  public void close() {
    connection.finish();
  }
}
