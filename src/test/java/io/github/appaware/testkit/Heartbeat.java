package io.github.appaware.testkit;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps connections alive on which the test is silent for as long as a loaded machine takes for
 * something else. Until it is closed, nothing else may write to them.
 */
public final class Heartbeat implements Closeable {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  public Heartbeat(FrameChannel... channels) {
    List<FrameChannel> all = List.of(channels);
    var unused =
        thread.scheduleWithFixedDelay(() -> all.forEach(Heartbeat::ping), 0, 1, TimeUnit.SECONDS);
  }

  private static void ping(FrameChannel channel) {
    try {
      channel.write(new Message.Ping());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The test sees a connection that is gone.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
