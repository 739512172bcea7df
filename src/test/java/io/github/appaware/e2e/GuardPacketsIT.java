package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.Network;
import io.github.appaware.testkit.Network.Host;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is denied sends no packet: counted by the kernel, in a network of namespaces. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardPacketsIT {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** By each call and each family; what a program may try after a refusal, too. */
  private static final String SEND =
      """
      import os, socket
      far = '10.77.0.9'
      def attempt(what):
          try:
              what()
              print('done')
          except OSError as e:
              print(os.strerror(e.errno))
      def tcp():
          s = socket.socket()
          s.settimeout(1)
          s.connect((far, 80))
      def mapped():
          s = socket.socket(socket.AF_INET6)
          s.settimeout(1)
          s.connect(('::ffff:' + far, 80))
      def udp():
          socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', (far, 53))
      def message():
          socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, (far, 53))
      def connected():
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          s.connect((far, 53))
          s.send(b'x')
      def fast():
          socket.socket().sendto(b'x', 0x20000000, (far, 80))
      def ping():
          socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 1).sendto(b'\\x08' + b'\\0' * 7, (far, 0))
      def raw():
          socket.socket(socket.AF_INET, socket.SOCK_RAW, 255).sendto(b'x' * 20, (far, 0))
      def packet():
          s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
          s.bind(('wire0', 0))
          s.send(b'x' * 60)
      def routed():
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          s.setsockopt(0, 4, bytes([0x83, 7, 4, 10, 77, 0, 9, 0]))
          s.sendto(b'x', ('127.0.0.1', 53))
      for each in (tcp, mapped, udp, message, connected, fast, ping, raw, packet, routed):
          print(each.__name__ + ': ', end='')
          attempt(each)
      """;

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void needsPython() throws Exception {
    Guarded.assumePossible();
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
  }

  private Result run(String policy) throws Exception {
    Path script = Files.writeString(directory.resolve("send.py"), SEND);
    return tool.run(
        "run", "-q", "--guard", "on", "-p", policy, "--", PYTHON.toString(), script.toString());
  }

  @Test
  void notOnePacketLeavesForWhatIsDenied() throws Exception {
    try (Network network = Network.open()) {
      Host here = network.alone();
      Host there = network.alone();
      network.line(here, "wire0", there, "10.77.0.0/16", "10.76.0");
      tool.at(here.entering());
      long before = here.sent("wire0");

      Result denied = run("deny.toml");

      assertThat(denied.out().lines())
          .as(denied.err())
          .containsExactly(
              "tcp: Permission denied",
              "mapped: Permission denied",
              "udp: Permission denied",
              "message: Permission denied",
              "connected: Permission denied",
              "fast: Operation not supported",
              "ping: Protocol not supported",
              "raw: Operation not permitted",
              "packet: Address family not supported by protocol",
              "routed: Operation not permitted");
      assertThat(here.sent("wire0")).isEqualTo(before);

      Result allowed = run("allow.toml");

      assertThat(allowed.out()).contains("udp: done", "message: done", "connected: done");
      assertThat(here.sent("wire0")).isGreaterThan(before);
    }
  }
}
