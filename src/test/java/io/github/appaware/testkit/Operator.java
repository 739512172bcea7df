package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A console of a test's own, for which the user of the directory is enrolled as operator. */
public final class Operator implements Closeable {
  private final Path file;
  private final ServerAddress address;
  private FrameChannel channel;

  /** Connects; it is asked nothing before it {@linkplain #attend attends}. */
  public Operator(Path directory, ResidentProcess server) throws IOException {
    address = ServerAddress.parse(server.address());
    file =
        directory
            .resolve("config/appaware/servers")
            .resolve(address.directory())
            .resolve("operator.pem");
    comeBack();
  }

  /** Reconnects after the server was down. */
  public void comeBack() throws IOException {
    close();
    channel =
        new FrameChannel(
            TlsClient.open(file, address, Clock.systemUTC()).connect(Duration.ofSeconds(20)));
    channel.write(new QuestionMessage.Watch(Message.VERSION, "", ""));
    next(Message.Welcome.class);
  }

  /** Wants to be asked; it is known to the server when this returns. */
  public void attend() throws IOException {
    channel.write(new QuestionMessage.Attend(true));
    channel.write(new Message.Flush(1));
    next(Message.Noted.class);
  }

  /** The next question. */
  public QuestionMessage.Question question() throws IOException {
    return next(QuestionMessage.Question.class);
  }

  private <T extends Message> T next(Class<T> type) throws IOException {
    while (true) {
      Message message = channel.read();
      assertThat(message).as("before the end, a " + type.getSimpleName()).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  /** Allows the endpoint. */
  public void allow(QuestionMessage.Question question, Choice.Term term) throws IOException {
    Choice choice = new Choice(true, Choice.Scope.ENDPOINT, term);
    channel.write(new QuestionMessage.Answer(2, question.id(), choice));
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
