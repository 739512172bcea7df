package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.OperatedServer;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A remote server that is told to end while it saves an answer, which another process delays. */
@Timeout(180)
class ServerEndIT {
  @TempDir Path directory;
  private OperatedServer server;
  private FrameChannel agent;
  private FrameChannel console;
  private FileChannel file;
  private FileLock held;

  @BeforeEach
  void saveAnAnswer() throws Exception {
    server = new OperatedServer(directory);
    agent = OperatedServer.agent(server.enrol());
    console = server.operator();
    file =
        FileChannel.open(
            directory.resolve(".p.toml.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    held = file.lock();
    OperatedServer.allowAlways(console, agent, "ask.example");
  }

  @AfterEach
  void close() throws IOException {
    file.close();
    console.close();
    agent.close();
    server.close();
  }

  /** From then on it ends. */
  private void awaitNoConnection() throws IOException {
    for (Message message = agent.read(); message != null; ) {
      message = agent.read(); // another epoch, a notice
    }
  }

  private String policy() throws IOException {
    return Files.readString(directory.resolve("p.toml"));
  }

  @Test
  void aSecondRequestEndsItAtOnce() throws Exception {
    server.signal("TERM");
    awaitNoConnection();
    server.signal("TERM");

    assertThat(server.ended()).isEqualTo(125);
    assertThat(policy()).doesNotContain("answered");
  }

  @Test
  void theFirstAloneEndsItInOrderAlsoWhenTheAnswerCanNotBeSaved() throws Exception {
    server.signal("TERM");

    assertThat(server.ended()).isZero();
    assertThat(policy()).doesNotContain("answered");
  }

  @Test
  void theFirstAloneWaitsAMomentForTheAnswerToBeSaved() throws Exception {
    server.signal("TERM");
    awaitNoConnection();
    held.release();

    assertThat(server.ended()).isZero();
    assertThat(policy()).contains("answered", "host     = \"ask.example\"");
  }
}
