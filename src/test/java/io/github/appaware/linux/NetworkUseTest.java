package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.linux.NetworkUse.Found;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkUseTest {
  private static final String INTERNET =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 "
          + "    5        0 70 1 0 100 0\n";
  private static final String UNIX =
      """
      Num       RefCount Protocol Flags    Type St Inode Path
      0000000000000000: 00000003 00000000 00000000 0001 03    71
      0000000000000000: 00000002 00000000 00010000 0001 01 70 /feigned by a line break
      """;
  private static final String NETLINK =
      """
      sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
      0000000000000000 0   0          00000000 0        0        0     2        0        72
      """;

  @TempDir Path directory;
  private FakeProc fake;
  private NetworkUse use;

  @BeforeEach
  void prepare() throws IOException {
    fake = new FakeProc(directory);
    fake.process(10, "a", 'S', 1)
        .file("10/net/tcp", INTERNET)
        .file("10/net/unix", UNIX)
        .file("10/net/netlink", NETLINK)
        .link("10/fd/0", "pipe:[69]")
        .link("10/fd/1", "pipe:[70]");
    use = new NetworkUse(fake.proc());
  }

  /** 73 is in no table: not connected yet, or of a kind that has none. */
  @ParameterizedTest
  @CsvSource({"70, SOCKET", "71, NOTHING", "72, NOTHING", "73, SOCKET"})
  void aSocketCountsUnlessItIsOfUnixOrNetlink(long inode, Found found) throws IOException {
    assertThat(use.of(10, Set.of())).isEqualTo(Found.NOTHING);

    fake.link("10/fd/7", "socket:[" + inode + "]");

    assertThat(use.of(10, Set.of())).isEqualTo(found);
    assertThat(use.of(10, Set.of(inode))).isEqualTo(Found.NOTHING);
  }

  /** As unshare(2) does for a thread. */
  @Test
  void aSocketOfOneThreadCounts() throws IOException {
    fake.link("10/task/10/fd/0", "pipe:[69]").link("10/task/10/fd/1", "pipe:[70]");
    fake.link("10/task/11/fd/0", "pipe:[69]").link("10/task/11/fd/1", "pipe:[70]");
    assertThat(use.of(10, Set.of())).isEqualTo(Found.NOTHING);

    fake.link("10/task/11/fd/2", "socket:[70]");

    assertThat(use.of(10, Set.of())).isEqualTo(Found.SOCKET);
  }

  /** Sockets that such a ring opens may have no descriptor. */
  @Test
  void aProcessWithARingOfRequestsCanNotBeLookedInto() throws IOException {
    fake.link("10/fd/3", "anon_inode:[io_uring]");
    assertThat(use.of(10, Set.of())).isEqualTo(Found.HIDDEN);

    fake.link("10/fd/4", "socket:[70]");
    assertThat(use.of(10, Set.of())).isEqualTo(Found.SOCKET);
  }

  @Test
  void aProcessThatIsGoneHasNothing() {
    assertThat(use.of(11, Set.of())).isEqualTo(Found.NOTHING);
  }

  @Test
  void standardStreamsThatAreSocketsAreKnown() throws IOException {
    fake.link("10/fd/2", "socket:[71]").link("10/fd/3", "socket:[70]");

    assertThat(use.standardStreams(10)).containsExactly(71L);
  }

  @Test
  void theSystemsOwnTablesSayTheSame() throws IOException {
    assumeTrue(Linux.isHere(), "not Linux");
    NetworkUse real = new NetworkUse(ProcFs.ofSystem());
    Process none = new ProcessBuilder("sleep", "600").start();
    try {
      assertThat(real.of(none.pid(), Set.of())).isEqualTo(Found.NOTHING);
    } finally {
      none.destroyForcibly();
    }
    long self = ProcessHandle.current().pid();
    try (ServerSocket socket = new ServerSocket(0)) {
      assertThat(socket.isBound()).isTrue();
      assertThat(real.of(self, Set.of())).isEqualTo(Found.SOCKET);
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      assertThat(socket.isBound()).isTrue();
      assertThat(real.of(self, Set.of())).isEqualTo(Found.SOCKET);
    }
    try (SocketChannel unbound = SocketChannel.open()) {
      assertThat(unbound.isOpen()).isTrue();
      assertThat(real.of(self, Set.of())).isEqualTo(Found.SOCKET);
    }
  }
}
