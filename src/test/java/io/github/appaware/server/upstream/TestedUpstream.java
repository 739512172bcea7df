package io.github.appaware.server.upstream;

import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.TestedClient;
import io.github.appaware.testkit.Samples;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A local server that has an upstream server. */
public final class TestedUpstream implements TestedClient {
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final UpstreamLink link;
  private boolean away;

  public TestedUpstream(Servers servers, LinkTime time) {
    link = new UpstreamLink(servers, new Owner(), "run", Samples.APP, time);
  }

  private final class Owner implements UpstreamLink.Owner {
    @Override
    public void renewed() {}

    @Override
    public void lost(String why, boolean refused) {
      if (!away) {
        news.add("lost");
      }
      away = true;
    }

    @Override
    public void back() {
      away = false;
      news.add("back");
    }

    @Override
    public void full() {}

    @Override
    public void notice(String text) {}
  }

  @Override
  public void start() {
    var unused =
        link.start()
            .whenComplete(
                (done, e) -> news.add(e == null ? "connected" : "failed " + e.getMessage()));
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
    link.close();
  }
}
