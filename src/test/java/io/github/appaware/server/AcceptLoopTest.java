package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.FailingServerSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AcceptLoopTest {
  private final List<String> log = new ArrayList<>();
  private final FakeTime time = new FakeTime();
  private final List<SocketChannel> clients = new ArrayList<>();
  private ServerSocketChannel port;

  /** Sleeps at once, and remembers for how long. */
  private static final class FakeTime implements AcceptLoop.Time {
    private final List<Duration> pauses = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean isInterrupting;

    @Override
    public long nanos() {
      return now.toNanos();
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
      pauses.add(pause);
      now = now.plus(pause);
      if (isInterrupting) {
        throw new InterruptedException();
      }
    }
  }

  @BeforeEach
  void open() throws IOException {
    port = ServerSocketChannel.open();
    port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    port.close();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open(port.getLocalAddress());
    clients.add(client);
    return client;
  }

  /** Runs the loop until it accepted so many connections. */
  private void accept(int failures, int connections) {
    FailingServerSocket failing = new FailingServerSocket(port, failures);
    List<SocketChannel> accepted = new ArrayList<>();
    AcceptLoop.Receiver receiver =
        socket -> {
          accepted.add(socket);
          if (accepted.size() == connections) {
            failing.close();
          }
        };
    new AcceptLoop(failing, receiver, log::add, time).run();
    assertThat(accepted).hasSize(connections);
  }

  @Test
  void failedAcceptsAreTriedAgainLaterAndLater() throws IOException {
    SocketChannel unused = connect();

    accept(7, 1);

    assertThat(time.pauses)
        .extracting(Duration::toMillis)
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void aFailureIsReportedOnceAMinute() throws IOException {
    SocketChannel unused = connect();

    accept(100, 1);

    assertThat(time.now).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(log)
        .containsExactly(
            "can't accept connections: Too many open files; trying again",
            "can't accept connections: Too many open files; trying again");
  }

  @Test
  void aFailedHandOverClosesThatConnectionOnly() throws IOException {
    SocketChannel first = connect();
    SocketChannel unused = connect();
    List<SocketChannel> accepted = new ArrayList<>();
    AcceptLoop.Receiver receiver =
        socket -> {
          accepted.add(socket);
          if (accepted.size() == 1) {
            throw new IOException("it broke off");
          }
          port.close();
        };

    new AcceptLoop(port, receiver, log::add, time).run();

    assertThat(accepted).hasSize(2);
    assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(accepted.get(1).isOpen()).isTrue();
    assertThat(time.pauses).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void anInterruptedThreadAcceptsNoMore() {
    time.isInterrupting = true;
    FailingServerSocket failing = new FailingServerSocket(port, 2);

    new AcceptLoop(failing, socket -> {}, log::add, time).run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failing.failuresLeft()).isEqualTo(1);
  }
}
