package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** An agent that goes on asking while others misbehave, and notes how long it had to wait. */
public final class GoodAgent implements Closeable {
  public static final Application APP =
      Application.builder()
          .file("a.jar")
          .path("/a.jar")
          .kind(Application.Kind.JAR)
          .jvm("17")
          .user("me")
          .pid(1)
          .directory("/")
          .build();

  private static final long EVERY_MILLIS = 20;

  private final FrameChannel channel;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Continues over a welcomed connection. */
  public GoodAgent(FrameChannel channel) {
    this.channel = channel;
    var unused = thread.scheduleWithFixedDelay(this::ask, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Joins first. */
  public static GoodAgent join(FrameChannel channel) throws IOException {
    channel.write(new Message.Join(Message.VERSION, "run", APP, false));
    assertThat(channel.read()).isInstanceOf(Message.Welcome.class);
    return new GoodAgent(channel);
  }

  private void ask() {
    try {
      long id = asked.get();
      boolean allowed = id % 2 == 0;
      long began = System.nanoTime();
      Verdict verdict = OperatedServer.ask(channel, id, allowed ? "yes.example" : "no.example");
      longest.accumulateAndGet(System.nanoTime() - began, Math::max);
      assertThat(verdict.allowed()).isEqualTo(allowed);
      asked.incrementAndGet();
    } catch (IOException | RuntimeException | AssertionError e) {
      failure.compareAndSet(null, e);
      throw new IllegalStateException(e); // and ask no more
    }
  }

  public long asked() {
    return asked.get();
  }

  public Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  /** It has been served all the time, and still is. */
  public void assertServed() throws Exception {
    long before = asked.get();
    Await.until(() -> failure.get() != null || asked.get() >= before + 4);
    assertThat(failure.get()).isNull();
    assertThat(longest()).isLessThan(Duration.ofSeconds(10));
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    channel.close();
  }
}
