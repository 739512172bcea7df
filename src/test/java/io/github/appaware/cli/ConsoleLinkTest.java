package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a console says to a remote server when it comes and when it goes. */
@Timeout(60)
class ConsoleLinkTest {
  private static final QuestionMessage.Preview MARK =
      new QuestionMessage.Preview(-1, -1, Choice.DENY_ONCE);

  @TempDir Path directory;

  private static ConsoleLink attach(UnixDomainSocketAddress to) {
    try {
      return ConsoleLink.attach(new FrameChannel(SocketChannel.open(to)), "me", true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next that is no proof of life. */
  private static Message hear(FrameChannel server) throws IOException {
    Message message = server.read();
    while (message instanceof Message.Flush) {
      message = server.read();
    }
    return message;
  }

  @Test
  void whoEndsInOrderSaysThatNobodyIsToBeExpected() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel port = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      port.bind(address);
      CompletableFuture<ConsoleLink> attached =
          CompletableFuture.supplyAsync(() -> attach(address));
      try (FrameChannel server = new FrameChannel(port.accept())) {
        assertThat(hear(server)).isEqualTo(new QuestionMessage.Watch(Message.VERSION, "", "me"));
        assertThat(hear(server)).isEqualTo(MARK);
        server.write(new QuestionMessage.Previewed(-1, "", List.of(), ""));
        try (ConsoleLink link = attached.get()) {
          link.attend();
          assertThat(hear(server)).isEqualTo(new QuestionMessage.Attend(true));
          link.leave();
          assertThat(hear(server)).isEqualTo(new QuestionMessage.Attend(false));
        }
        assertThat(hear(server)).isNull();
      }
    }
  }
}
