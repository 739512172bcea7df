package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.GoodAgent;
import io.github.appaware.testkit.SmallServer;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Too many clients, slow ones, and silent ones: they go, and others do not notice. */
@Timeout(180)
class FloodedServerIT {
  private static final int MOST_CLIENTS = 120;

  /** Far longer than the server waits for any client. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir Path directory;
  private SmallServer server;
  private GoodAgent good;

  @BeforeEach
  void serve() throws Exception {
    server = new SmallServer(directory, "--max-clients", String.valueOf(MOST_CLIENTS));
    good = GoodAgent.join(server.connect(server.enrolled(Role.AGENT, "good")));
  }

  @AfterEach
  void end() throws Exception {
    try {
      server.process().assertAlive();
      good.assertServed();
      Await.until(() -> server.process().clientThreads() == 2);
    } finally {
      good.close();
      server.close();
    }
  }

  private void closeAll(List<? extends Closeable> all) throws IOException {
    for (Closeable each : all) {
      each.close();
    }
  }

  /** From an address of loopback, as if of another host. */
  private Socket from(String address) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
    socket.setSoTimeout((int) BOUND.toMillis());
    return socket;
  }

  private FrameChannel joined(TlsClient client) throws IOException {
    FrameChannel agent = server.connect(client);
    agent.write(new Message.Join(Message.VERSION, "run", GoodAgent.APP, false));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  @Test
  void whoSaysNothingIsCutAndKeepsNobodyOut() throws Exception {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(from("127.0.0." + (2 + i % 3)));
    }
    List<FrameChannel> strangers = new ArrayList<>();
    TlsClient anonymous = server.anonymous();
    for (int i = 0; i < 20; i++) {
      strangers.add(server.connect(anonymous));
    }
    List<FrameChannel> known = new ArrayList<>();
    TlsClient sleepy = server.enrolled(Role.AGENT, "sleepy");
    TlsClient idle = server.enrolled(Role.AGENT, "idle");
    TlsClient watcher = server.enrolled(Role.AUDITOR, "watcher");
    for (int i = 0; i < 10; i++) {
      known.add(server.connect(sleepy));
      known.add(joined(idle));
      FrameChannel console = server.connect(watcher);
      console.write(new QuestionMessage.Watch(Message.VERSION, "", ""));
      known.add(console);
    }
    CompletableFuture<Integer> trickled = CompletableFuture.supplyAsync(() -> trickle(idle));
    long began = System.nanoTime();
    joined(server.enrolled(Role.AGENT, "newcomer")).close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));

    strangers.forEach(FloodedServerIT::hearEnd);
    known.forEach(FloodedServerIT::hearEnd);
    for (Socket each : silent) {
      hearEnd(each);
    }
    assertThat(trickled.get()).as("bytes of a frame that never ends").isPositive();
    String nothing = "`: it said nothing for 15 s | its host or its network is gone; it comes back";
    String only = " | only clients of appaware are served here, over TLS 1.3;";
    for (String line :
        List.of(
            "`sleepy" + nothing,
            "`idle" + nothing,
            "`watcher" + nothing,
            ": no certificate, and nothing said for 10 s" + only,
            ": its handshake took too long while others waited" + only)) {
      Await.until(() -> server.told().stream().anyMatch(told -> told.contains(line)));
    }
    Await.until(() -> server.process().refused("protocol") == 20 + 31);
    assertThat(server.process().refused("handshake")).isEqualTo(300);
    closeAll(strangers);
    closeAll(known);
    closeAll(silent);
  }

  /** Byte by byte for as long as it may. */
  private int trickle(TlsClient client) {
    int sent = 0;
    try (FrameChannel agent = joined(client)) {
      CompletableFuture<Void> end = CompletableFuture.runAsync(() -> hearEnd(agent));
      agent.write(ByteBuffer.wrap(new byte[] {0, 0, -1, 0}));
      while (!end.isDone()) {
        agent.write(ByteBuffer.wrap(new byte[1]));
        sent++;
        Await.past(Duration.ofMillis(50)); // the pace
      }
    } catch (IOException cut) {
      // The property under test.
    }
    return sent;
  }

  private static void hearEnd(FrameChannel channel) {
    long began = System.nanoTime();
    try {
      while (channel.read() != null) {
        // What was said before.
      }
    } catch (IOException cut) {
      // Also an end.
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
  }

  private static void hearEnd(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An alert.
      }
    } catch (SocketTimeoutException late) {
      throw new AssertionError(late);
    } catch (IOException reset) {
      // Also an end.
    }
  }

  @Test
  void moreConnectionsThanMayBeAreTurnedAwayAndTheOthersServed() throws Exception {
    TlsClient many = server.enrolled(Role.AGENT, "many");
    List<FrameChannel> open = new ArrayList<>();
    for (int i = 1; i < MOST_CLIENTS; i++) {
      open.add(joined(many));
    }
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(() -> joined(many)).isInstanceOf(IOException.class);
    }
    good.assertServed();
    Await.until(() -> server.process().refused("full") == 200);
    assertThat(server.told(1))
        .first()
        .asString()
        .matches(
            "appaware: refused 127\\.0\\.0\\.1:\\d+: there are 120 connections already \\| more are"
                + " served with `--max-clients`");
    assertThat(server.told()).hasSizeLessThan(20);
    closeAll(open);
    Await.until(() -> server.process().sample("appaware_agents") == 1);
    joined(many).close();
  }

  @Test
  void aFloodOfRefusalsIsCountedAndToldOfInAFewLines() throws Exception {
    int before = server.process().liveKibibytes();
    long began = System.nanoTime();
    for (int i = 0; i < 2_000; i++) {
      try (Socket socket = from("127.0.0." + (2 + i % 50))) {
        socket.getOutputStream().write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, (byte) i});
        hearEnd(socket);
      } catch (IOException reset) {
        // Refused already.
      }
    }
    TlsClient rude = server.enrolled(Role.AGENT, "rude");
    for (int i = 0; i < 200; i++) {
      FrameChannel channel = server.connect(rude);
      channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) (200 + i % 50)}));
      hearEnd(channel);
      channel.close();
    }
    Token none = new Token(Role.AGENT, server.token(Role.AGENT, "").fingerprint(), "none");
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> server.enrol(none, "eve")).hasMessageContaining("refused");
    }
    Await.until(() -> server.process().refused("handshake") == 2_000);
    Await.until(() -> server.process().refused("protocol") == 200);
    assertThat(server.process().refused("enrolment")).isEqualTo(100);
    // The last window's count comes when it is over.
    Await.until(() -> refusalsTold() == 2_300);
    long windows = (System.nanoTime() - began) / 10_000_000_000L + 2;
    assertThat((long) server.told().size()).isLessThanOrEqualTo(21 * windows);
    assertThat(server.process().liveKibibytes()).isLessThan(before + 8 * 1024);
  }

  /** Those reported one by one, and those that were only counted. */
  private int refusalsTold() throws IOException {
    int count = 0;
    for (String line : server.told()) {
      var counted =
          Pattern.compile("appaware: refused (\\d+) more in the last 10 s, much like these")
              .matcher(line);
      count += counted.matches() ? Integer.parseInt(counted.group(1)) : 1;
    }
    return count;
  }
}
