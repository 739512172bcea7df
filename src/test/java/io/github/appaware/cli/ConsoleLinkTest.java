package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.link.FakeServer;
import io.github.appaware.link.FakeServers;
import io.github.appaware.link.LinkTime;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a console says to a remote server when it comes and when it goes. */
@Timeout(300)
class ConsoleLinkTest {
  private static final QuestionMessage.RunInfo RUN =
      new QuestionMessage.RunInfo("run", "host", Samples.APP, 1, 0, 0, false);

  @Test
  void aConsoleThatEndsSaysThatItDoesNotComeBack() throws Exception {
    try (FakeServer far = new FakeServer();
        ConsoleLink link = new ConsoleLink(new FakeServers(far), "", "me", true, new LinkTime())) {
      CompletableFuture<ConsoleLink> attached = CompletableFuture.supplyAsync(() -> attach(link));
      FakeServer.Peer server = far.welcome(1);
      assertThat(server.first()).isEqualTo(new QuestionMessage.Watch(Message.VERSION, "", "me"));
      server.say(RUN);
      server.say(new Message.Noted(server.hear(Message.Flush.class).id()));
      assertThat(attached.get().runs()).containsExactly(RUN);
      link.attend();
      assertThat(server.hear()).isEqualTo(new QuestionMessage.Attend(true));
      link.leave();
      assertThat(server.hear()).isEqualTo(new QuestionMessage.Attend(false));
    }
  }

  private static ConsoleLink attach(ConsoleLink link) {
    try {
      return link.attach();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
