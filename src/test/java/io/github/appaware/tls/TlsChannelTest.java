package io.github.appaware.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.FakeClock;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TlsChannelTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir Path dir;
  private final FakeClock clock = new FakeClock();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerTrust trust;
  private String fingerprint;
  private ServerSocketChannel acceptor;
  private InetSocketAddress address;

  @BeforeEach
  void listen() throws Exception {
    ServerHome home = ServerHome.init(dir, List.of("127.0.0.1"), Lifetimes.DEFAULT, clock);
    fingerprint = new Authority(home, clock).token(Role.AGENT, "", WITHIN).fingerprint();
    trust = ServerTrust.open(dir, clock);
    acceptor = ServerSocketChannel.open();
    acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    address = (InetSocketAddress) acceptor.getLocalAddress();
  }

  @AfterEach
  void end() throws IOException {
    acceptor.close();
    trust.close();
    threads.shutdownNow();
  }

  private Future<TlsChannel> server(Duration within) {
    return threads.submit(() -> TlsChannel.over(acceptor.accept(), trust.engine(), within));
  }

  private SSLEngine engine() throws Exception {
    ServerAddress server = ServerAddress.parse("tls://127.0.0.1:" + address.getPort());
    return TlsClient.anonymous(server, fingerprint, clock).engine();
  }

  private TlsChannel client() throws Exception {
    return TlsChannel.connect(SocketChannel.open(), address, engine(), WITHIN);
  }

  @Test
  void messagesGoBothWaysAtTheSameTime() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    try (TlsChannel client = client();
        TlsChannel server = accepted.get()) {
      assertThat(client.session().getProtocol()).isEqualTo("TLSv1.3");
      List<Future<Integer>> sides =
          List.of(
              threads.submit(() -> send(client, 1)),
              threads.submit(() -> send(server, 2)),
              threads.submit(() -> receive(client)),
              threads.submit(() -> receive(server)));
      for (Future<Integer> side : sides) {
        assertThat(side.get()).isEqualTo(MESSAGES);
      }
    }
  }

  private static final int MESSAGES = 2_000;

  private static int send(TlsChannel to, long seed) throws IOException {
    Random random = new Random(seed);
    FrameChannel channel = new FrameChannel(to);
    for (int i = 0; i < MESSAGES; i++) {
      channel.write(new Message.Notice("x".repeat(random.nextInt(2_000))));
    }
    channel.end();
    return MESSAGES;
  }

  private static int receive(TlsChannel from) throws IOException {
    FrameChannel channel = new FrameChannel(from);
    int count = 0;
    while (channel.read() != null) {
      count++;
    }
    return count;
  }

  @Test
  void aThirdThreadsCloseEndsAReadAndAWriteThatWait() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    TlsChannel client = client();
    try (TlsChannel silent = accepted.get()) {
      assertThat(silent.isOpen()).isTrue();
      CountDownLatch full = new CountDownLatch(20);
      Future<Integer> reader = threads.submit(() -> client.read(ByteBuffer.allocate(10)));
      Future<Object> writer =
          threads.submit(
              () -> {
                while (true) {
                  client.write(ByteBuffer.allocate(60_000));
                  full.countDown();
                }
              });
      assertThat(full.await(20, TimeUnit.SECONDS)).isTrue();

      client.close();

      assertThatThrownBy(reader::get).hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(writer::get).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void whoSaidGoodbyeCanStillRead() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    try (TlsChannel client = client();
        TlsChannel server = accepted.get()) {
      FrameChannel here = new FrameChannel(client);
      FrameChannel there = new FrameChannel(server);
      here.write(new Message.Flush(1));
      here.end();
      assertThat(there.read()).isEqualTo(new Message.Flush(1));
      assertThat(there.read()).isNull();
      there.write(new Message.Noted(1));
      there.end();
      assertThat(here.read()).isEqualTo(new Message.Noted(1));
      assertThat(here.read()).isNull();
      assertThatThrownBy(() -> here.write(new Message.Flush(2))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aChannelThatIsCutEnds() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    try (TlsChannel client = client()) {
      accepted.get().close();

      assertThat(new FrameChannel(client).read()).isNull();
    }
  }

  @Test
  void aByteThatIsChangedOnTheWayIsNoticed() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    try (TlsChannel client = client();
        TlsChannel server = accepted.get()) {
      client.socket().write(ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 32}));
      client.socket().write(ByteBuffer.allocate(32));

      assertThatThrownBy(() -> server.read(ByteBuffer.allocate(10)))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void anOlderTlsIsRefused() throws Exception {
    Future<TlsChannel> accepted = server(WITHIN);
    SSLEngine old = engine();
    old.setEnabledProtocols(new String[] {"TLSv1.2"});

    assertThatThrownBy(() -> TlsChannel.connect(SocketChannel.open(), address, old, WITHIN))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("protocol_version");
    assertThatThrownBy(accepted::get).hasCauseInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anOlderServerIsRefused() throws Exception {
    Future<TlsChannel> accepted =
        threads.submit(
            () -> {
              SSLEngine old = SSLContext.getDefault().createSSLEngine();
              old.setUseClientMode(false);
              old.setEnabledProtocols(new String[] {"TLSv1.2"});
              return TlsChannel.over(acceptor.accept(), old, WITHIN);
            });

    assertThatThrownBy(this::client).isInstanceOf(SSLException.class);
    assertThatThrownBy(accepted::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  void plainTextIsRefused() throws Exception {
    for (String text : List.of("GET / HTTP/1.1\r\n\r\n", "\0\0\0\7\4\0\0\0\0\0\0", "\26\3\1\377")) {
      Future<TlsChannel> accepted = server(WITHIN);
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        assertThatThrownBy(accepted::get).hasCauseInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void garbageNeverDoesMoreThanEndTheConnection() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Future<TlsChannel> accepted = server(WITHIN);
      byte[] garbage = new byte[5 + random.nextInt(600)];
      random.nextBytes(garbage);
      if (random.nextBoolean()) {
        ByteBuffer.wrap(garbage).put((byte) 22).putShort((short) 0x301);
        ByteBuffer.wrap(garbage).position(3).putShort((short) (garbage.length - 5));
      }
      if (random.nextBoolean() && garbage.length > 9) {
        ByteBuffer.wrap(garbage).position(5).putInt(0x01000000 + garbage.length - 9);
      }
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.getOutputStream().write(garbage);
        socket.shutdownOutput();
        assertThatThrownBy(accepted::get).hasCauseInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whoSaysNothingIsNotWaitedFor() throws Exception {
    try (SocketChannel silent = SocketChannel.open(address)) {
      assertThat(silent.isConnected()).isTrue();
      Future<TlsChannel> accepted = server(Duration.ofMillis(50));

      assertThatThrownBy(accepted::get)
          .hasCauseInstanceOf(SocketTimeoutException.class)
          .hasMessageEndingWith("the other side did not finish the handshake in time");
    }
  }
}
