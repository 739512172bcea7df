package io.github.appaware.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.server.ServerState;
import io.github.appaware.server.ServerStatus;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class StatusSocketTest {
  @TempDir Path home;

  private static ServerStatus status(int clients) {
    return new ServerStatus(
        new ServerState(3, 1, 1, 0, 2, "", "away"),
        Instant.EPOCH,
        List.of("tls://a:1"),
        IntStream.range(0, clients)
            .mapToObj(i -> new ServerStatus.ConnectedClient("c-" + i, "agent", "h", 1))
            .toList(),
        List.of(new ServerStatus.KnownRun("4f2a", "c-0", "app.jar", 1)));
  }

  private static String read(Path socket) throws Exception {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachConnectionGetsTheStatusAsItIsThen() throws Exception {
    int[] clients = {1};
    try (StatusSocket socket = StatusSocket.open(home, () -> status(clients[0]))) {
      assertThat(socket).isNotNull();
      Path file = StatusSocket.in(home).get(0);
      assertThat(read(file))
          .isEqualTo(
              "{\"status\":\"failed\",\"epoch\":3,\"runs\":1,\"agents\":1,\"consoles\":0,"
                  + "\"questions\":2,\"record\":\"ok\",\"store\":\"away\",\"pid\":"
                  + ProcessHandle.current().pid()
                  + ",\"started\":\"1970-01-01T00:00:00Z\",\"addresses\":[\"tls://a:1\"],"
                  + "\"clients\":[{\"name\":\"c-0\",\"role\":\"agent\",\"host\":\"h\","
                  + "\"connections\":1}],\"running\":[{\"run\":\"4f2a\",\"machine\":\"c-0\","
                  + "\"application\":\"app.jar\",\"agents\":1}]}\n");
      clients[0] = 5_000;
      assertThat(read(file)).contains("\"c-999\"").doesNotContain("\"c-1000\"");
    }
    assertThat(StatusSocket.in(home)).as("nothing is left").isEmpty();
  }

  @Test
  void theSocketOfAKilledServerIsDeletedAndThatOfAnotherStays() throws Exception {
    Path killed = home.resolve("status-1");
    Path other = home.resolve("status-2");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(killed))
        .close();
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(other));
      try (StatusSocket socket = StatusSocket.open(home, () -> status(0))) {
        assertThat(socket).isNotNull();
        assertThat(StatusSocket.in(home)).hasSize(2).contains(other).doesNotContain(killed);
      }
    }
  }
}
