package io.github.appaware.cli;

import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.TestedClient;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A console of a remote server. */
public final class TestedConsole implements TestedClient {
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final ConsoleLink link;
  private volatile boolean closed;

  public TestedConsole(Servers servers, LinkTime time) {
    link = new ConsoleLink(servers, "", "me", false, time);
  }

  @Override
  public void start() {
    Thread thread = new Thread(this::run);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      ConsoleLink unused = link.attach();
      news.add("connected");
      while (!closed) {
        boolean unusedToo = link.hear(message -> {});
        if (!closed) {
          news.add("lost");
          link.comeBack();
          news.add("back");
        }
      }
    } catch (IOException e) {
      news.add("failed " + e.getMessage());
    }
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
    closed = true;
    link.close();
  }
}
