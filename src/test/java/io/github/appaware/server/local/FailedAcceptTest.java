package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.server.FileStore;
import io.github.appaware.testkit.FailingServerSocket;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that can't accept for a while, as without a file descriptor left. */
@Timeout(300)
class FailedAcceptTest {
  private FailingServerSocket socket;
  private LocalServerFixture server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, PolicyException {
    socket = new FailingServerSocket(ServerSocketChannel.open(StandardProtocolFamily.UNIX), 3);
    server =
        LocalServerFixture.start(
            directory,
            (options, clock) ->
                LocalServer.open(
                    options,
                    new FileStore(options.policies(), null),
                    () -> socket,
                    "host",
                    clock,
                    new ClaimedProcesses()));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  @Test
  void theRunGoesOnWhenAcceptFailed() throws IOException {
    FakeClient launcher = server.launcher();
    FakeClient agent = server.agent(launcher, 1);

    agent.say(new Message.Ask(1, Samples.connect("yes.example"), Origin.UNKNOWN));
    assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    agent.say(new Message.Ask(2, Samples.connect("no.example"), Origin.UNKNOWN));
    assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isFalse();
    assertThat(socket.failuresLeft()).isZero();
    assertThat(server.isServing()).isTrue();
  }
}
