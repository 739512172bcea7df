package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.InboundWays;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 127.0.0.2 may not come in, 127.0.0.3 may. */
@Timeout(300)
@ExtendWith(ToolExtension.class)
class InboundIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'allow'

      [[rule]]
      id = 'not-him'
      action = 'deny'
      event = ['accept', 'receive']
      address = '127.0.0.2'

      [[rule]]
      id = 'no-fixed-port'
      action = 'deny'
      event = 'bind'
      address = '127.0.0.1'
      port = '1-65535'
      """;

  private static final String DENIED = "127.0.0.2";
  private static final String ALLOWED = "127.0.0.3";
  private static final List<String> OLD_SOCKETS =
      List.of("-Djdk.net.usePlainSocketImpl=true", "-Djdk.net.usePlainDatagramSocketImpl=true");

  @TempDir Path directory;
  private Tool tool;

  /** A JVM. */
  record Kind(Jdk jdk, List<String> options) {
    @Override
    public String toString() {
      return jdk + (options.isEmpty() ? "" : " with old sockets");
    }
  }

  static Stream<Kind> kinds() {
    return Jdk.all()
        .flatMap(
            jdk ->
                jdk.feature() == 17
                    ? Stream.of(new Kind(jdk, List.of()), new Kind(jdk, OLD_SOCKETS))
                    : Stream.of(new Kind(jdk, List.of())));
  }

  /** In virtual threads, too, where there are any. */
  private static List<String> ways(Kind kind, String... platform) {
    List<String> ways = new ArrayList<>(List.of(platform));
    if (kind.jdk().feature() >= 21) {
      List.of(platform).forEach(way -> ways.add("virtual " + way));
    }
    return ways;
  }

  private Dialog target(Kind kind) throws Exception {
    Files.writeString(directory.resolve("p.toml"), POLICY);
    List<String> command =
        new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--", kind.jdk().java()));
    command.addAll(kind.options());
    Path jar = Programs.jar(directory.resolve("target.jar"), InboundWays.class);
    command.addAll(List.of("-jar", jar.toString()));
    return tool.talk(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theDeniedPeerIsHungUpOnAndTheNextOneGetsIn(Kind kind) throws Exception {
    try (Dialog target = target(kind)) {
      for (String way :
          ways(kind, "socket", "socket with a time-out", "channel", "selector", "asynchronous")) {
        int port = Integer.parseInt(target.say(way));
        for (int i = 0; i < 3; i++) {
          assertThat(isHungUpOn(port)).as(way).isTrue();
        }
        try (Socket allowed = from(ALLOWED, port)) {
          assertThat(target.hear()).as(way).isEqualTo(ALLOWED);
          assertThat(allowed.isConnected()).isTrue();
        }
      }
      assertThat(target.end()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theDeniedDatagramIsLostAndTheNextOneArrives(Kind kind) throws Exception {
    try (Dialog target = target(kind);
        DatagramSocket denied = new DatagramSocket(0, InetAddress.getByName(DENIED));
        DatagramSocket allowed = new DatagramSocket(0, InetAddress.getByName(ALLOWED))) {
      for (String way :
          ways(
              kind,
              "datagrams",
              "datagrams with a time-out",
              "datagram channel",
              "datagram selector")) {
        InetSocketAddress far = loopback(Integer.parseInt(target.say(way)));
        for (int i = 0; i < 3; i++) {
          denied.send(new DatagramPacket(new byte[] {1}, 1, far));
        }
        denied.send(new DatagramPacket(new byte[0], 0, far));
        allowed.send(new DatagramPacket(new byte[] {1}, 1, far));

        assertThat(target.hear()).as(way).isEqualTo(ALLOWED);
      }
      assertThat(target.end()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void deniedPeersWhoComeAllTheTimeDoNotHoldUpTheTimeOut(Kind kind) throws Exception {
    try (Dialog target = target(kind)) {
      int port = Integer.parseInt(target.say("socket in time"));
      CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> hear(target));
      int knocks = 0;
      try {
        while (!said.isDone()) {
          knocks += isHungUpOn(port) ? 1 : 0;
        }
      } catch (IOException closed) {
        // Closed after its time-out.
      }
      assertThat(said.get(20, TimeUnit.SECONDS)).isEqualTo("timed out, time-out 400");
      assertThat(knocks).isPositive();
      assertThat(target.end()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void deniedDatagramsThatComeAllTheTimeDoNotHoldUpTheTimeOut(Kind kind) throws Exception {
    try (Dialog target = target(kind);
        DatagramSocket denied = new DatagramSocket(0, InetAddress.getByName(DENIED))) {
      InetSocketAddress far = loopback(Integer.parseInt(target.say("datagrams in time")));
      CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> hear(target));
      while (!said.isDone()) {
        denied.send(new DatagramPacket(new byte[] {1}, 1, far));
      }
      assertThat(said.get(20, TimeUnit.SECONDS)).isEqualTo("timed out, time-out 400");
      assertThat(target.end()).isZero();
    }
  }

  /** A datagram that waited causes no event, nor does binding again to the same port afterwards. */
  @ParameterizedTest
  @MethodSource("kinds")
  void connectingThrowsAwayWhatDeniedPeersSentBefore(Kind kind) throws Exception {
    try (Dialog target = target(kind);
        DatagramSocket denied = new DatagramSocket(0, InetAddress.getByName(DENIED));
        DatagramSocket allowed = new DatagramSocket(0, InetAddress.getByName(ALLOWED))) {
      InetSocketAddress far = loopback(Integer.parseInt(target.say("datagrams connected")));
      for (int i = 0; i < 3; i++) {
        denied.send(new DatagramPacket(new byte[] {1}, 1, far));
      }
      assertThat(target.say(String.valueOf(allowed.getLocalPort()))).isEqualTo("connected");
      allowed.send(new DatagramPacket(new byte[] {1}, 1, far));

      assertThat(target.hear()).isEqualTo(ALLOWED + ", bound again true");
      assertThat(target.end()).isZero();
    }
  }

  private static String hear(Dialog target) {
    try {
      return target.hear();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Socket from(String address, int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
  }

  private static boolean isHungUpOn(int port) throws IOException {
    try (Socket denied = from(DENIED, port)) {
      return reads(denied) < 0;
    }
  }

  /** -1 for an end and for a reset, which is an end, too. */
  private static int reads(Socket denied) {
    try {
      return denied.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }
}
