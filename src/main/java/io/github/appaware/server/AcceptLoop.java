package io.github.appaware.server;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Accepts connections until the server socket is closed.
 *
 * <p>A failed accept, such as one without a file descriptor left, does not end the loop: it waits,
 * longer after each failure in a row, and tries again. Meanwhile no client is connected, and a
 * client that is not connected is denied. A failure is reported once, and again only if accept
 * still fails a minute later.
 */
public final class AcceptLoop {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

  /** Takes over accepted connections. */
  public interface Receiver {
    /**
     * Called by the thread of the loop, which must not be kept waiting.
     *
     * @throws IOException when the connection is not taken over; the loop closes it and goes on
     */
    void accepted(SocketChannel socket) throws IOException;
  }

  /** The passage of time. */
  interface Time {
    Time SYSTEM =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis());
          }
        };

    long nanos();

    void sleep(Duration pause) throws InterruptedException;
  }

  private final ServerSocketChannel server;
  private final Receiver receiver;
  private final Consumer<String> log;
  private final Time time;
  private Duration pause = SHORTEST_PAUSE;
  private boolean isReported;
  private long reportedAt;

  /**
   * A loop over this socket.
   *
   * @param log receives a sentence when accept fails
   */
  public AcceptLoop(ServerSocketChannel server, Receiver receiver, Consumer<String> log) {
    this(server, receiver, log, Time.SYSTEM);
  }

  AcceptLoop(ServerSocketChannel server, Receiver receiver, Consumer<String> log, Time time) {
    this.server = server;
    this.receiver = receiver;
    this.log = log;
    this.time = time;
  }

  /** Runs until the socket is closed or the thread is interrupted. */
  public void run() {
    while (server.isOpen()) {
      SocketChannel socket;
      try {
        socket = server.accept();
      } catch (IOException | RuntimeException e) {
        if (!server.isOpen() || !backOff(e)) {
          return;
        }
        continue;
      }
      pause = SHORTEST_PAUSE;
      handOver(socket);
    }
  }

  private void handOver(SocketChannel socket) {
    boolean isTaken = false;
    try {
      receiver.accepted(socket);
      isTaken = true;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // This client only: it broke off, or there is no thread for it.
    } finally {
      if (!isTaken) {
        close(socket);
      }
    }
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  /** False when the thread was interrupted. */
  private boolean backOff(Exception failure) {
    report(failure);
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return true;
  }

  private void report(Exception failure) {
    long now = time.nanos();
    if (!isReported || now - reportedAt >= REPORT_INTERVAL.toNanos()) {
      isReported = true;
      reportedAt = now;
      log.accept("can't accept connections: " + failure.getMessage() + "; trying again");
    }
  }
}
