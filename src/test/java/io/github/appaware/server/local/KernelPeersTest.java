package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Peer.Place;
import io.github.appaware.event.Protocol;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.RunMembership;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Samples;
import io.github.appaware.testkit.Tool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This process plays the application, and the process that listens. */
class KernelPeersTest {
  private static final long SELF = ProcessHandle.current().pid();
  private static final Application APP = Samples.APP.withProcess(SELF, "");

  @TempDir Path directory;
  private KernelPeers peers;

  @BeforeEach
  void requireProc() {
    assumeTrue(ProcFs.ofSystem().isAvailable(), "there is no /proc here");
    peers = of(ProcFs.ofSystem());
  }

  private KernelPeers of(ProcFs proc) {
    return new KernelPeers(proc, new RunMembership(proc, directory, -1, pid -> false), null);
  }

  private Peer find(Event event) {
    return peers.find(APP, event, true).peer();
  }

  private static Event tcp(EventKind kind, InetAddress address, int port) {
    return new Event.Inet(kind, Protocol.TCP, Address.of(address.getAddress()), port);
  }

  private static Event connect(String address, int port) throws Exception {
    return tcp(EventKind.CONNECT, InetAddress.getByName(address), port);
  }

  private static void assertIsThisProcess(Peer peer) {
    assertThat(peer.place()).isEqualTo(Place.OUTSIDE);
    assertThat(peer.pid()).isEqualTo(SELF);
    assertThat(peer.file()).isEqualTo("java");
    assertThat(peer.user()).isEqualTo(System.getProperty("user.name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1"})
  void theListenerOfALoopbackAddressIsFound(String address) throws Exception {
    InetAddress bound = InetAddress.getByName(address);
    assumeTrue(isUp(bound), address + " can't be bound here");
    try (ServerSocket listener = new ServerSocket(0, 5, bound)) {
      assertIsThisProcess(find(connect(address, listener.getLocalPort())));
    }
  }

  private static boolean isUp(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 5, address)) {
      return socket.isBound();
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void ownAddressesAreOfTheMachineAndOthersAreNot() throws Exception {
    try (ServerSocket listener = new ServerSocket(0)) {
      List<InetAddress> own =
          NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
      for (InetAddress each : own) {
        assertIsThisProcess(find(tcp(EventKind.CONNECT, each, listener.getLocalPort())));
      }
      assertThat(find(connect("198.51.100.7", listener.getLocalPort()))).isNull();
      assertThat(find(connect("::ffff:127.0.0.1", listener.getLocalPort()))).isNotNull();
    }
  }

  @Test
  void datagramsHaveAPeerAndOtherKindsOfEventsHaveNone() throws Exception {
    try (Listener listener = new Listener()) {
      Address address = Address.of(new byte[] {127, 0, 0, 1});
      Event send = new Event.Inet(EventKind.SEND, Protocol.UDP, address, listener.datagramPort());
      assertIsThisProcess(find(send));
      for (EventKind kind : List.of(EventKind.BIND, EventKind.LISTEN, EventKind.ACCEPT)) {
        Event other = new Event.Inet(kind, Protocol.TCP, address, listener.port());
        assertThat(find(other.withPeer(Peer.UNKNOWN))).isNull();
      }
      Event sctp = new Event.Inet(EventKind.CONNECT, Protocol.SCTP, address, 1);
      assertThat(find(sctp)).isEqualTo(Peer.UNKNOWN);
    }
  }

  @Test
  void theListenerOfAUnixDomainSocketIsFoundByEachOfItsPaths() throws Exception {
    Path path = directory.resolve("sock");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    for (Path bound : List.of(path, link.resolve("sock"))) {
      try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        listener.bind(UnixDomainSocketAddress.of(bound));
        assertIsThisProcess(find(new Event.Unix(EventKind.CONNECT, path.toRealPath().toString())));
      }
      assertThat(find(new Event.Unix(EventKind.CONNECT, path.toString()))).isEqualTo(Peer.NONE);
      Files.delete(path);
    }
  }

  @Test
  void whereNothingListensThereIsNoneAndANewListenerIsSeen() throws Exception {
    int port = Ports.free();
    try (ServerSocket free = new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"))) {
      assertIsThisProcess(find(connect("127.0.0.1", free.getLocalPort())));
    }
    assertThat(find(connect("127.0.0.1", port))).isEqualTo(Peer.NONE);
    try (ServerSocket again = new ServerSocket()) {
      again.bind(new InetSocketAddress("127.0.0.1", port));
      assertIsThisProcess(find(connect("127.0.0.1", port)));
    }
  }

  @Test
  void aProcessThatHasTheRunsEnvironmentIsOfTheRun() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Jdk.running().java(),
            "-cp",
            System.getProperty("java.class.path"),
            Steps.class.getName());
    builder.environment().put("ANY", directory + "/daemons");
    int port = Ports.free();
    try (Tool.Dialog program = new Tool.Dialog(builder)) {
      assertThat(program.say("listen " + port)).isEqualTo("listening");
      Peer peer = find(connect("127.0.0.1", port));
      assertThat(peer.place()).isEqualTo(Place.RUN);
      assertThat(peer.pid()).isEqualTo(program.process().pid());
      assertThat(peer.program()).isEqualTo("Steps");
    }
  }

  @Test
  void withoutTablesThePeerIsUnknown() throws Exception {
    peers = of(ProcFs.at(directory));

    assertThat(
            Stream.of(find(connect("127.0.0.1", 1)), find(new Event.Unix(EventKind.CONNECT, "/x"))))
        .containsOnly(Peer.UNKNOWN);
    assertThat(find(connect("198.51.100.7", 1))).isNull();
  }
}
