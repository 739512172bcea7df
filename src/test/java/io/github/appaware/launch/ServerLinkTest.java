package io.github.appaware.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does while a process is measured, and when that fails. */
@Timeout(300)
class ServerLinkTest {
  @TempDir Path directory;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CountDownLatch measured = new CountDownLatch(1);
  private ServerSocketChannel port;
  private FrameChannel server;
  private ServerLink link;

  @BeforeEach
  void open() throws Exception {
    Path socket = directory.resolve("s");
    port = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    port.bind(UnixDomainSocketAddress.of(socket));
    CompletableFuture<ServerLink> opened =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ServerLink.open(
                    socket,
                    "key",
                    "token",
                    Samples.APP,
                    false,
                    this::measure,
                    told::add,
                    QuestionHandler.NONE);
              } catch (LaunchException e) {
                throw new IllegalStateException(e);
              }
            });
    server = new FrameChannel(port.accept());
    assertThat(server.read()).isInstanceOf(Message.Register.class);
    server.write(new Message.Welcome(1));
    link = opened.get();
  }

  @AfterEach
  void end() throws IOException {
    measured.countDown();
    link.close();
    server.close();
    port.close();
  }

  private Application measure(long pid) throws LaunchException {
    if (pid == 2) {
      throw new IllegalStateException("of the test");
    }
    try {
      measured.await();
    } catch (InterruptedException e) {
      throw new LaunchException("interrupted", "");
    }
    return Samples.APP;
  }

  @Test
  void noticesDoNotWaitForAProcessThatIsMeasured() throws Exception {
    server.write(new Message.Measure(1, 1));
    server.write(new Message.Notice("meanwhile"));

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("meanwhile");
    measured.countDown();
    assertThat(server.read()).isEqualTo(new Message.Measured(1, Samples.APP));
  }

  @Test
  void aProcessThatCannotBeMeasuredForWhateverReasonIsReportedAsThat() throws Exception {
    server.write(new Message.Measure(1, 2));

    assertThat(server.read())
        .isEqualTo(new Message.Unmeasured(1, "java.lang.IllegalStateException: of the test"));
  }
}
