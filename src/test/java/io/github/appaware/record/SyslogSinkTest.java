package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against syslog servers on loopback that keep to the letter of the RFCs. */
@Timeout(300)
class SyslogSinkTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00.123456789Z"), ZoneOffset.UTC);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String HEAD =
      "<110>1 2026-06-01T12:00:00.123456Z host appaware "
          + ProcessHandle.current().pid()
          + " event - ";

  @Test
  void overTcpEachLineIsAMessageWithItsLengthInFront() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        RecordSink sink = tcp(server, "host", 10_000);
        Socket client = server.accept()) {
      sink.write(bytes("{\"a\":\"\u00fc\u20ac\"}\n"));
      sink.write(bytes("{}\n"));
      sink.write(bytes("\n"));
      assertThat(counted(client.getInputStream())).isEqualTo(HEAD + "{\"a\":\"\u00fc\u20ac\"}");
      assertThat(counted(client.getInputStream())).isEqualTo(HEAD + "{}");
      assertThat(counted(client.getInputStream())).isEqualTo(HEAD);
    }
  }

  @Test
  void longLinesArriveWholeThoughTheServerReadsSlowly() throws Exception {
    String line = "x".repeat(300_000);
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        RecordSink sink = tcp(server, "host", 30_000);
        Socket client = server.accept()) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 50; i++) {
                    sink.write(bytes(line + "\n"));
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      writer.start();
      for (int i = 0; i < 50; i++) {
        assertThat(counted(client.getInputStream())).isEqualTo(HEAD + line);
      }
      writer.join();
    }
  }

  @Test
  void aServerThatGoesIsNoticedAtTheNextLine() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        RecordSink sink = tcp(server, "host", 10_000)) {
      try (Socket client = server.accept()) {
        sink.write(bytes("{}\n"));
        assertThat(counted(client.getInputStream())).isEqualTo(HEAD + "{}");
        client.shutdownOutput();
        // Its end is on its way over loopback: the first line may be ahead of it.
        assertThatThrownBy(
                () -> {
                  while (true) {
                    sink.write(bytes("{}\n"));
                  }
                })
            .isInstanceOf(IOException.class)
            .hasMessage("the syslog server closed the connection");
      }
    }
  }

  @Test
  void aServerThatReadsNothingStopsNobodyForLong() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        RecordSink sink = tcp(server, "host", 200);
        Socket silent = server.accept()) {
      assertThat(silent.isConnected()).isTrue();
      assertThatThrownBy(
              () -> {
                while (true) {
                  sink.write(bytes("x".repeat(100_000) + "\n"));
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("the syslog server took longer than 200 ms");
    }
  }

  @Test
  void overUdpEachLineIsADatagram() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
        RecordSink sink = udp(server.getLocalPort())) {
      sink.write(bytes("{\"a\":1}\n"));
      sink.write(bytes("{}\n"));
      assertThat(datagram(server)).isEqualTo(HEAD + "{\"a\":1}");
      assertThat(datagram(server)).isEqualTo(HEAD + "{}");
    }
  }

  @Test
  void aLineTooLongForADatagramIsRefusedAlone() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
        RecordSink sink = udp(server.getLocalPort())) {
      assertThatThrownBy(() -> sink.write(bytes("x".repeat(70_000))))
          .isInstanceOf(RecordSink.TooLong.class)
          .hasMessageEndingWith("bytes is too long for a datagram");
      sink.write(bytes("{}\n"));
      assertThat(datagram(server)).isEqualTo(HEAD + "{}");
    }
  }

  @Test
  void thatNobodyListensIsNoticedWhereTheHostSaysSo() throws IOException {
    DatagramSocket server = new DatagramSocket(0, LOOPBACK);
    try (RecordSink sink = udp(server.getLocalPort())) {
      sink.write(bytes("{}\n"));
      server.close();
      assertThatThrownBy(
              () -> {
                while (true) {
                  sink.write(bytes("{}\n"));
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("port unreachable");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', -", "'a b', ab", "h\u00f6st.example, hst.example", "'\n', -"})
  void theNameOfTheMachineIsPrintableAscii(String machine, String shown) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        RecordSink sink = tcp(server, machine, 10_000);
        Socket client = server.accept()) {
      sink.write(bytes("{}\n"));
      assertThat(counted(client.getInputStream()))
          .isEqualTo(HEAD.replace(" host ", " " + shown + " ") + "{}");
    }
  }

  private static RecordSink tcp(ServerSocket server, String machine, long millis)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, server.getLocalPort());
    return SyslogSink.tcp("syslog", address, machine, CLOCK, millis);
  }

  private static RecordSink udp(int port) throws IOException {
    return SyslogSink.udp("syslog", new InetSocketAddress(LOOPBACK, port), "host", CLOCK);
  }

  /** One message as RFC 6587, section 3.4.1, has it. */
  private static String counted(InputStream in) throws IOException {
    int length = 0;
    int digit;
    while ((digit = in.read()) != ' ') {
      assertThat(digit).isBetween((int) '0', (int) '9');
      length = 10 * length + digit - '0';
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(in.readNBytes(length));
    return message.toString(StandardCharsets.UTF_8);
  }

  private static String datagram(DatagramSocket server) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_507], 65_507);
    server.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }
}
