package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.JunixFlips;
import io.github.appaware.target.JunixWays;
import io.github.appaware.target.NettyWays;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Libraries with sockets of their own are checked as the JDK's sockets are. */
@ExtendWith(ToolExtension.class)
class TransportIT {
  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";
  private static final String DENY = "version = 1\n[default]\nunknown = 'deny'\n";
  private static final String WHY = " denied by default, no rule matches (p.toml:3)";

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    listener = new Listener();
    socket = directory.toRealPath().resolve("s");
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  private Result run(Jdk jdk, String policy, Class<?> program, String... arguments)
      throws Exception {
    Files.writeString(directory.resolve("p.toml"), policy);
    Path jar = Programs.jar(directory.resolve("program.jar"), program);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-q", "-p", "p.toml", "--log", "e.jsonl", "--", jdk.java()));
    if (jdk.feature() > 21) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.addAll(List.of("-cp", jar + File.pathSeparator + libraries(), program.getName()));
    words.addAll(List.of(arguments));
    return tool.run(words.toArray(String[]::new));
  }

  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains("netty") || path.contains("junixsocket"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Result netty(Jdk jdk, String policy, String transport) throws Exception {
    return run(
        jdk,
        policy,
        NettyWays.class,
        transport,
        String.valueOf(listener.port()),
        socket.toString());
  }

  /** Event, protocol and verdict of each event that is not about a library. */
  private List<String> record() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("e.jsonl"));
    JsonSchemas.RECORD.check(lines);
    return lines.stream()
        .filter(line -> !Json.text(line, "event").equals("blind"))
        .map(
            line ->
                Json.text(line, "event")
                    + " "
                    + Json.text(line, "protocol")
                    + " "
                    + Json.text(line, "verdict"))
        .distinct()
        .toList();
  }

  @TestOnEachJdk
  void epollWorksAndEachEventIsSeen(Jdk jdk) throws Exception {
    assumeTrue(Epoll.isAvailable());

    Result result = netty(jdk, ALLOW, "epoll");

    assertThat(result.out().lines())
        .containsExactly(
            "connect: connected",
            "accept: peer reads 7",
            "send: sent",
            "receive: length 1",
            "bind unix: bound",
            "connect unix: connected");
    assertThat(record())
        .contains(
            "connect tcp allow",
            "bind tcp allow",
            "listen tcp allow",
            "accept tcp allow",
            "send udp allow",
            "bind udp allow",
            "receive udp allow",
            "bind unix allow",
            "listen unix allow",
            "connect unix allow");
  }

  @TestOnEachJdk
  void epollIsDeniedLikeTheJdk(Jdk jdk) throws Exception {
    assumeTrue(Epoll.isAvailable());

    Result result = netty(jdk, DENY, "epoll");

    int port = listener.port();
    assertThat(result.out().lines())
        .containsExactly(
            "connect: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:" + port + WHY,
            "accept: java.net.BindException: appaware: bind tcp to 127.0.0.1:0" + WHY,
            "send: java.net.SocketException: appaware: send udp to 127.0.0.1:" + port + WHY,
            "receive: java.net.BindException: appaware: bind udp to 127.0.0.1:0" + WHY,
            "bind unix: java.net.BindException: appaware: bind unix to " + socket + WHY,
            "connect unix: java.net.ConnectException: appaware: connect unix to " + socket + WHY);
    assertThat(listener.connections()).isZero();
    assertThat(socket).doesNotExist();
  }

  @TestOnEachJdk
  void aDeniedPeerOrDatagramIsGoneAndEpollGoesOn(Jdk jdk) throws Exception {
    assumeTrue(Epoll.isAvailable());

    Result result =
        netty(
            jdk,
            ALLOW
                + "[[rule]]\naction = 'deny'\nevent = ['accept', 'receive']\n"
                + "address = '127.0.0.1'\n",
            "epoll");

    assertThat(result.out().lines())
        .contains("connect: connected", "accept: peer reads -1", "receive: length 2");
    assertThat(record()).contains("accept tcp deny", "receive udp deny", "receive udp allow");
  }

  @TestOnEachJdk
  void theRingOfIoUringIsCheckedAsWell(Jdk jdk) throws Exception {
    assumeTrue(IoUring.isAvailable());

    Result allowed = netty(jdk, ALLOW, "uring");
    Result denied = netty(jdk, DENY, "uring");

    int port = listener.port();
    assertThat(allowed.out().lines())
        .containsExactly(
            "connect: connected", "accept: peer reads 7", "send: sent", "receive: length 1");
    assertThat(denied.out().lines())
        .containsExactly(
            "connect: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:" + port + WHY,
            "accept: java.net.BindException: appaware: bind tcp to 127.0.0.1:0" + WHY,
            "send: java.net.SocketException: appaware: send udp to 127.0.0.1:" + port + WHY,
            "receive: java.net.BindException: appaware: bind udp to 127.0.0.1:0" + WHY);
    assertThat(listener.connections()).isOne();
  }

  @TestOnEachJdk
  @ShowsLimit("datagrams that native transports receive")
  void aDatagramThatTheRingReceivesGetsNoVerdict(Jdk jdk) throws Exception {
    assumeTrue(IoUring.isAvailable());

    Result result =
        netty(
            jdk,
            ALLOW + "[[rule]]\naction = 'deny'\nevent = 'receive'\naddress = '127.0.0.1'\n",
            "uring");

    assertThat(result.out().lines()).contains("receive: length 1");
  }

  /** The other peer answers with 1. */
  @TestOnEachJdk
  @ShowsLimit("datagrams that native transports receive")
  void nativeCodeFollowsALinkThatChangesAfterTheVerdict(Jdk jdk) throws Exception {
    Path other = Path.of(socket + "-other");
    try (ServerSocketChannel good = answering(socket, 0);
        ServerSocketChannel evil = answering(other, 1)) {
      assertThat(List.of(good, evil)).allMatch(ServerSocketChannel::isOpen);
      Result result =
          run(
              jdk,
              DENY + "[[rule]]\naction = 'allow'\npath = '" + socket + "'\n",
              JunixFlips.class,
              socket.toString(),
              other.toString(),
              socket + "-link");

      assertThat(result.out()).as(result.err()).contains("reached the other: true");
    }
  }

  private static ServerSocketChannel answering(Path path, int with) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), 1_000);
    Thread thread =
        new Thread(
            () -> {
              while (server.isOpen()) {
                try (SocketChannel peer = server.accept()) {
                  int unused = peer.write(ByteBuffer.wrap(new byte[] {(byte) with}));
                } catch (IOException e) {
                  // It has hung up, or this is the end of the test.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @TestOnEachJdk
  void junixsocketIsDecidedByPath(Jdk jdk) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      String own = socket + "-own";

      Result allowed = run(jdk, ALLOW, JunixWays.class, socket.toString(), own);
      Result denied = run(jdk, DENY, JunixWays.class, socket.toString(), own);

      assertThat(allowed.out().lines()).containsExactly("connect: true", "listen: true");
      assertThat(denied.out().lines())
          .containsExactly(
              "connect: java.net.ConnectException: appaware: connect unix to " + socket + WHY,
              "listen: java.net.BindException: appaware: bind unix to " + own + WHY);
    }
  }
}
