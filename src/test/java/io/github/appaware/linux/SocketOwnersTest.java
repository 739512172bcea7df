package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketOwnersTest {
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  private static final String NONE = "00000000:0000";

  @TempDir Path directory;
  private FakeProc fake;
  private SocketOwners owners;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "samples of such a machine");
    fake = new FakeProc(directory);
    owners = new SocketOwners(fake.proc());
    fake.process(10, "old", 'S', 1)
        .process(11, "young", 'S', 1)
        .file("10/status", "Uid:\t1000\t1000\t1000\t1000\n")
        .file("11/status", "Uid:\t1001\t1001\t1001\t1001\n");
  }

  private static String line(String local, String remote, String state, long uid, long inode) {
    return "   0: %s %s %s 00000000:00000000 00:00000000 00000000  %4d        0 %d 1 0 100 0\n"
        .formatted(local, remote, state, uid, inode);
  }

  private static InetSocketAddress address(String host, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static Owner owner(long pid, long uid, String command) {
    return new Owner(OptionalLong.of(pid), OptionalLong.of(uid), command);
  }

  @ParameterizedTest
  @CsvSource({
    "net/tcp,  0100007F:1F90, 127.0.0.1",
    "net/tcp,  00000000:1F90, 127.0.0.1",
    "net/tcp6, 00000000000000000000000001000000:1F90, ::1",
    "net/tcp6, 00000000000000000000000000000000:1F90, ::1",
    "net/tcp6, 00000000000000000000000000000000:1F90, 127.0.0.1",
    "net/tcp6, 0000000000000000FFFF00000100007F:1F90, 127.0.0.1",
    "net/tcp6, B80D0120000000000000000001000000:1F90, 2001:db8::1",
  })
  void theListenerOfAnAddressIsFound(String table, String local, String asked) throws Exception {
    fake.file(table, HEAD + line(local, NONE, "0A", 1000, 5000)).link("10/fd/4", "socket:[5000]");

    assertThat(owners.ofTcpListener(address(asked, 8080))).containsExactly(owner(10, 1000, "old"));
    assertThat(owners.ofTcpListener(address(asked, 8081))).isEmpty();
  }

  @Test
  void aSocketOfTheVeryAddressComesBeforeTheWildcards() throws Exception {
    fake.file(
            "net/tcp",
            HEAD
                + line("00000000:1F90", NONE, "0A", 1000, 5000)
                + line("0100007F:1F90", NONE, "0A", 1001, 5001))
        .link("10/fd/4", "socket:[5000]")
        .link("11/fd/4", "socket:[5001]");

    assertThat(owners.ofTcpListener(address("127.0.0.1", 8080)))
        .containsExactly(owner(11, 1001, "young"));
    assertThat(owners.ofTcpListener(address("127.0.0.2", 8080)))
        .containsExactly(owner(10, 1000, "old"));
    assertThat(owners.ofTcpListener(address("::1", 8080))).isEmpty();
  }

  @Test
  void ofAnotherUsersProcessTheUserIsKnownAlone() throws Exception {
    fake.file("net/tcp", HEAD + line("0100007F:1F90", NONE, "0A", 33, 5000));

    assertThat(owners.ofTcpListener(address("127.0.0.1", 8080)))
        .containsExactly(new Owner(OptionalLong.empty(), OptionalLong.of(33), ""));
  }

  @Test
  void allThatShareASocketAreToldOldestFirst() throws Exception {
    fake.file("net/tcp", HEAD + line("0100007F:1F90", NONE, "0A", 1000, 5000))
        .link("11/fd/4", "socket:[5000]")
        .link("11/fd/5", "pipe:[5000]")
        .link("10/fd/4", "socket:[5000]");

    assertThat(owners.ofTcpListener(address("127.0.0.1", 8080)))
        .containsExactly(owner(10, 1000, "old"), owner(11, 1001, "young"));
  }

  /** One look at all processes serves for all sockets, but for what was closed since. */
  @Test
  void whatIsKnownOfProcessesIsUsedAgainWhereItStillHolds() throws Exception {
    Duration hour = Duration.ofHours(1);
    List<ListeningSocket> one = List.of(new ListeningSocket(5000, OptionalLong.of(1000)));
    List<ListeningSocket> two = List.of(new ListeningSocket(5001, OptionalLong.of(1000)));
    fake.link("10/fd/4", "socket:[5000]").link("10/fd/5", "socket:[5001]");
    long before = owners.of(one, hour).since();

    fake.link("11/fd/4", "socket:[5000]").link("11/fd/5", "socket:[5001]");
    assertThat(owners.of(one, hour).all()).containsExactly(owner(10, 1000, "old"));
    assertThat(owners.of(two, hour))
        .isEqualTo(new SocketOwners.Owners(List.of(owner(10, 1000, "old")), before));
    assertThat(owners.of(two)).hasSize(2);

    Files.delete(directory.resolve("10/fd/5"));
    assertThat(owners.of(two, hour).all()).containsExactly(owner(11, 1001, "young"));
    assertThat(owners.holdsAny(10, two)).isFalse();
    assertThat(owners.holdsAny(11, two)).isTrue();
    fake.link("10/fd/9", "socket:[5001]");
    assertThat(owners.holdsAny(10, two)).isTrue();
  }

  @Test
  void connectionsAndListenersAreNotMixedUp() throws Exception {
    fake.file(
            "net/tcp",
            HEAD
                + line("0100007F:1F90", "0100007F:C350", "01", 1000, 5000)
                + line("0100007F:C350", "0100007F:1F90", "01", 1001, 5001))
        .file("net/udp", HEAD + line("0100007F:1F90", NONE, "07", 1001, 5002))
        .link("10/fd/4", "socket:[5000]")
        .link("11/fd/4", "socket:[5001]")
        .link("11/fd/5", "socket:[5002]");
    InetSocketAddress server = address("127.0.0.1", 8080);
    InetSocketAddress client = address("127.0.0.1", 50_000);

    assertThat(owners.ofTcpListener(server)).isEmpty();
    assertThat(owners.ofTcpPeer(client, server)).containsExactly(owner(10, 1000, "old"));
    assertThat(owners.ofTcpPeer(server, client)).containsExactly(owner(11, 1001, "young"));
    assertThat(owners.ofUdpSocket(server)).containsExactly(owner(11, 1001, "young"));
  }

  @ParameterizedTest
  @CsvSource({
    "'0: 0100007F:1F90 00000000:0000 0A'",
    "'0: 0100007F 00000000:0000 0A 0:0 0:0 0 33 0 5000'",
    "'0: 010000:1F90 00000000:0000 0A 0:0 0:0 0 33 0 5000'",
    "'0: 0100007F:1F90 00000000:0000 ZZ 0:0 0:0 0 33 0 5000'",
    "'0: 0100007F:FFFFF 00000000:0000 0A 0:0 0:0 0 33 0 5000'",
    "'0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 -1 0 5000'",
  })
  void linesOfAnotherFormAreSkipped(String line) throws Exception {
    fake.file("net/tcp", HEAD + line + "\n" + line("0200007F:1F90", NONE, "0A", 33, 5000));

    assertThat(owners.ofTcpListener(address("127.0.0.1", 8080))).isEmpty();
    assertThat(owners.ofTcpListener(address("127.0.0.2", 8080))).hasSize(1);
  }

  @Test
  void theListenerOfAPathIsFoundWithSpacesInIt() throws Exception {
    fake.file(
            "net/unix",
            """
            Num       RefCount Protocol Flags    Type St Inode Path
            0000000000000000: 00000003 00000000 00000000 0001 03   700 /run/a b
            0000000000000000: 00000002 00000000 00010000 0001 01   701 /run/a b
            0000000000000000: 00000002 00000000 00010000 0001 01 70200 @abstract
            0000000000000000: 00000002 00000000 00010000 0001 01   703
            """)
        .link("10/fd/4", "socket:[701]")
        .link("11/fd/4", "socket:[70200]");

    assertThat(owners.ofUnixListener("/run/a b")).containsExactly(owner(10, 1000, "old"));
    assertThat(owners.ofUnixListener("@abstract")).containsExactly(owner(11, 1001, "young"));
    assertThat(owners.ofUnixListener("/run/a")).isEmpty();
    assertThat(owners.ofUnixListener("")).isEmpty();
  }

  @Test
  void theTablesAreThoseOfTheProcesssNetwork() throws Exception {
    fake.file("11/net/tcp", HEAD + line("0100007F:1F90", NONE, "0A", 1000, 5000))
        .link("10/fd/4", "socket:[5000]");

    assertThat(owners.areVisible(11)).isTrue();
    assertThat(owners.areVisible(10)).isFalse();
    assertThat(owners.tcpListeners(11, address("127.0.0.1", 8080)))
        .containsExactly(new ListeningSocket(5000, OptionalLong.of(1000)));
    assertThat(owners.tcpListeners(SocketOwners.SELF, address("127.0.0.1", 8080))).isEmpty();
    assertThat(owners.of(owners.tcpListeners(11, address("127.0.0.1", 8080))))
        .containsExactly(owner(10, 1000, "old"));
  }

  @Test
  void theMachinesOwnAddressesAreRead() throws Exception {
    fake.file(
            "11/net/fib_trie",
            """
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 0.0.0.0
                    /0 universe UNICAST
                    |-- 192.0.2.0
                       /24 link UNICAST
                    |-- 192.0.2.7
                       /32 host LOCAL
                    |-- 192.0.2.255
                       /32 link BROADCAST
                    |-- 300.1
                       /32 host LOCAL
            """)
        .file(
            "11/net/if_inet6",
            "20010db8000000000000000000000007 04 40 00 82     eth0\nno line of that form\n");

    assertThat(owners.localAddresses(11))
        .containsExactlyInAnyOrder(
            InetAddress.getByName("192.0.2.7"), InetAddress.getByName("2001:db8::7"));
    assertThat(owners.localAddresses(10)).isEmpty();
  }

  @Test
  void aSocketThatWasBoundRelativeToADirectoryIsFound() throws Exception {
    Path file = Files.createFile(Files.createDirectory(directory.resolve("place")).resolve("sock"));
    fake.file(
            "11/net/unix",
            """
            0000000000000000: 00000002 00000000 00010000 0001 01 700 ./sock
            0000000000000000: 00000002 00000000 00010000 0001 01 701 other/sock
            """)
        .link("10/fd/4", "socket:[700]")
        .link("11/fd/4", "socket:[701]")
        .link("10/cwd", file.getParent().toString())
        .link("11/cwd", file.getParent().toString());

    assertThat(owners.unixListeners(11, file))
        .containsExactly(new ListeningSocket(700, OptionalLong.empty()));
  }

  @Test
  void aPathThatFeignsALineAddsAnOwnerButHidesNone() throws Exception {
    String feigned = "00000000: 00000002 00000000 00010000 0001 01 701 /run/docker.sock";
    fake.file(
            "net/unix",
            "0000000000000000: 00000002 00000000 00010000 0001 01 700 /run/docker.sock\n"
                + "0000000000000000: 00000002 00000000 00010000 0001 01 702 /tmp/x\n"
                + feigned
                + "\n")
        .link("10/fd/4", "socket:[700]")
        .link("11/fd/4", "socket:[701]");

    assertThat(owners.ofUnixListener("/run/docker.sock"))
        .contains(owner(10, 1000, "old"))
        .hasSize(2);
  }
}
