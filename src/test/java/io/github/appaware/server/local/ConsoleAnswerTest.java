package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A console's process is looked at when it connects, and again when it answers. */
@Timeout(300)
class ConsoleAnswerTest {
  @TempDir Path directory;
  private final AtomicBoolean ofTheRun = new AtomicBoolean();
  private LocalServerFixture server;
  private FakeClient launcher;

  private final ClientProcesses processes =
      new ClientProcesses() {
        @Override
        public Optional<String> weakness() {
          return Optional.empty();
        }

        @Override
        public long agent(SocketChannel channel, long claimed) {
          return claimed;
        }

        @Override
        public String console(SocketChannel channel, String claimed) throws IOException {
          if (ofTheRun.get()) {
            throw new ImpostorException(7, "process 7 (x) belongs to the run");
          }
          return claimed;
        }
      };

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServerFixture.start(
            directory, (options, clock) -> LocalServer.open(options, "host", clock, processes));
    launcher = server.launcher();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void anAnswerOfAnotherProcessIsTaken() throws IOException {
    FakeClient console = server.console("me", 1);

    console.say(new QuestionMessage.Answer(1, 99, Choice.DENY_ONCE));

    assertThat(console.hear(QuestionMessage.Answered.class).accepted()).isFalse(); // no question
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerOfAProcessOfTheRunEndsItsConnection(boolean single) throws IOException {
    FakeClient console = server.console("me", 1);
    ofTheRun.set(true);

    console.say(
        single
            ? new QuestionMessage.Answer(1, 99, Choice.DENY_ONCE)
            : new QuestionMessage.DenyRest(99));

    assertThatThrownBy(() -> console.await(QuestionMessage.Answered.class))
        .isInstanceOfAny(AssertionError.class, SocketException.class);
    launcher.hear(new Message.Notice("a console was refused: process 7 (x) belongs to the run"));
  }
}
