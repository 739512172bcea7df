package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Peeks;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program whose other threads read the memory that datagrams are received into. */
@Timeout(120)
@ExtendWith(ToolExtension.class)
class PeekIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'allow'

      [[rule]]
      action = 'deny'
      event = 'receive'
      address = '127.0.0.2'
      """;

  private static final List<String> WAYS =
      List.of(
          "direct", "mapped part", "array", "selector", "packet", "multicast packet", "adaptor");

  /** Each from another port, so that each is put to the server. */
  private static final int DENIED = 40;

  @TempDir Path directory;
  private Tool tool;

  static Stream<List<String>> javas() {
    return Jdk.all()
        .flatMap(
            jdk ->
                jdk.feature() == 17
                    ? Stream.of(
                        List.of(jdk.java()),
                        List.of(jdk.java(), "-Djdk.net.usePlainDatagramSocketImpl=true"))
                    : Stream.of(List.of(jdk.java())));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void readsNothingOfADeniedDatagramAndAllowedOnesAsEver(List<String> java) throws Exception {
    Files.writeString(directory.resolve("p.toml"), POLICY);
    List<String> command = new ArrayList<>(java);
    command.add("-jar");
    command.add(Programs.jar(directory.resolve("target.jar"), Peeks.class).toString());
    List<String> run = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--"));
    run.addAll(command);
    String plain = Tool.run(new ProcessBuilder(command), "as ever\n").out().strip();
    try (Dialog target = tool.talk(run.toArray(String[]::new))) {
      for (String way : WAYS) {
        int port = Integer.parseInt(target.say(way));
        for (int i = 0; i < DENIED; i++) {
          send("127.0.0.2", port);
        }
        send("127.0.0.3", port);

        assertThat(target.hear()).as(way).isEqualTo("127.0.0.3, seen false");
      }
      assertThat(target.say("as ever")).isEqualTo(plain).contains("Receive timed out");
      assertThat(target.end()).isZero();
    }
  }

  private static void send(String from, int port) throws Exception {
    byte[] bytes = {(byte) (from.equals("127.0.0.2") ? 66 : 1), 2, 3};
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(from))) {
      socket.send(
          new DatagramPacket(
              bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }
  }
}
