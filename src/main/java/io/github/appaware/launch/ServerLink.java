package io.github.appaware.launch;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.identity.CodeMeasurer;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The launcher's connection to the server: registers the run, measures processes, passes on notices
 * and questions. It ends with the local server, which never comes back.
 */
final class ServerLink {
  /** Measures a process whose agent presented the run's token. */
  interface Measurer {
    /**
     * Called on a thread that may take its time.
     *
     * @throws LaunchException when it can't be measured, or does not belong to the run
     */
    Application measure(long pid) throws LaunchException;

    /** Called on such a thread: adopts what the run's processes leave behind. */
    default void adopt() {}
  }

  /** Processes at a time: one with a huge class path must not keep the others waiting. */
  private static final int MOST_MEASURED = 4;

  private final FrameChannel channel;
  private final Measurer measurer;
  private final UserNotices teller;
  private final QuestionHandler answerer;

  /** Beside the reading thread: hashing must keep neither questions nor notices waiting. */
  private final ExecutorService hashing = Executors.newSingleThreadExecutor(ServerLink::hasher);

  private final ExecutorService measuring =
      Executors.newFixedThreadPool(MOST_MEASURED, ServerLink::hasher);

  private volatile String why = "it closed the connection";
  private volatile boolean welcomed;
  private final CountDownLatch welcome = new CountDownLatch(1);
  private final CompletableFuture<Message.Summary> summary = new CompletableFuture<>();
  private final CompletableFuture<Void> lost = new CompletableFuture<>();

  private ServerLink(
      FrameChannel channel, Measurer measurer, UserNotices teller, QuestionHandler answerer) {
    this.channel = channel;
    this.answerer = answerer;
    this.measurer = measurer;
    this.teller = teller;
  }

  static ServerLink open(
      Path socket,
      String key,
      String token,
      Application application,
      boolean guarded,
      Measurer measurer,
      UserNotices teller,
      QuestionHandler answerer)
      throws LaunchException {
    try {
      FrameChannel channel =
          new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      ServerLink link = new ServerLink(channel, measurer, teller, answerer);
      link.write(new Message.Register(Message.VERSION, key, token, application, guarded));
      Thread reader = new Thread(link::readAll, "server-link");
      reader.setDaemon(true);
      reader.start();
      link.welcome.await();
      if (!link.welcomed) {
        throw new IOException(link.why);
      }
      return link;
    } catch (IOException e) {
      throw new LaunchException("the decision server does not take the run: " + e.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", "");
    }
  }

  private static Thread hasher(Runnable work) {
    Thread thread = new Thread(work, "hasher");
    thread.setDaemon(true);
    return thread;
  }

  /** Sends a message of the person or console that answers. */
  void send(QuestionMessage message) throws IOException {
    write(message);
  }

  private synchronized void write(Message message) throws IOException {
    channel.write(message);
  }

  /** Completes when the server is gone. */
  CompletableFuture<Void> lost() {
    return lost;
  }

  void started(long pid) {
    try {
      write(new Message.Started(pid));
    } catch (IOException e) {
      lost.complete(null);
    }
  }

  /** Has programs recorded that ran without being judged. */
  void unjudged(Message.Unjudged programs) {
    reply(programs);
  }

  /**
   * Asks for the summary; null when the server is gone, which is noticed at once, or gives none
   * within half a minute, as one that hangs.
   */
  Message.Summary finish() {
    try {
      write(new Message.Finish());
      return summary.get(30, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  void close() {
    hashing.shutdownNow();
    measuring.shutdownNow();
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  private void readAll() {
    try {
      for (Message message = channel.read(); message != null; message = channel.read()) {
        receive(message);
      }
    } catch (IOException | RuntimeException e) {
      why = String.valueOf(e.getMessage()); // told by `lost`
    }
    lost.complete(null);
    summary.completeExceptionally(new IOException("the decision server is gone"));
    welcome.countDown();
  }

  private void receive(Message message) throws IOException {
    if (message instanceof Message.Refused refused) {
      throw new IOException(refused.why());
    } else if (message instanceof Message.Welcome) {
      welcomed = true;
      welcome.countDown();
    } else if (message instanceof Message.Measure measure) {
      measuring.execute(() -> reply(answer(measure)));
    } else if (message instanceof Message.MeasureSources measure) {
      hashing.execute(() -> measureSources(measure));
    } else if (message instanceof Message.Adopt) {
      measuring.execute(() -> reply(adopt()));
    } else if (message instanceof Message.Notice notice) {
      teller.tell(notice.text());
    } else if (message instanceof QuestionMessage question) {
      answerer.receive(question);
    } else if (message instanceof Message.Summary total) {
      summary.complete(total);
    } else {
      throw new IOException("not for a launcher: " + message);
    }
  }

  private void measureSources(Message.MeasureSources measure) {
    List<Origin.Source> sources = new ArrayList<>();
    for (String path : measure.paths()) {
      sources.add(CodeMeasurer.measure(path));
    }
    reply(new Message.SourcesMeasured(measure.id(), sources));
  }

  private void reply(Message message) {
    try {
      write(message);
    } catch (IOException e) {
      lost.complete(null);
    }
  }

  private Message adopt() {
    measurer.adopt();
    return new Message.Adopting();
  }

  private Message answer(Message.Measure measure) {
    try {
      return new Message.Measured(measure.id(), measurer.measure(measure.pid()));
    } catch (LaunchException e) {
      return new Message.Unmeasured(measure.id(), e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) { // its agent must hear of it
      return new Message.Unmeasured(measure.id(), e.toString());
    }
  }
}
