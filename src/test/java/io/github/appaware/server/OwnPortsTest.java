package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import org.junit.jupiter.api.Test;

class OwnPortsTest {
  private static final Address LOOPBACK = Address.of(new byte[] {127, 0, 0, 1});
  private static final Peer OWN = new Peer(Peer.Place.RUN, 1, "me", "java", "app.jar");
  private static final Peer OTHER = new Peer(Peer.Place.OUTSIDE, 2, "me", "nc", "");

  private final OwnPorts ports = new OwnPorts();

  private static Event connect(int port, Peer peer) {
    return new Event.Inet(EventKind.CONNECT, Protocol.TCP, LOOPBACK, port).withPeer(peer);
  }

  @Test
  void aPortThatTheRunHasClosedIsStillItsOwn() {
    assertThat(ports.identify(connect(1, Peer.NONE)).peer()).isEqualTo(Peer.NONE);
    assertThat(ports.identify(connect(1, OWN)).peer()).isEqualTo(OWN);

    assertThat(ports.identify(connect(1, Peer.NONE)).peer()).isEqualTo(OWN);
    assertThat(ports.identify(connect(2, Peer.NONE)).peer()).isEqualTo(Peer.NONE);
    assertThat(ports.identify(connect(1, Peer.UNKNOWN)).peer()).isEqualTo(Peer.UNKNOWN);
  }

  @Test
  void anotherProcessTakesThePlaceForGood() {
    assertThat(ports.identify(connect(1, OWN)).peer()).isEqualTo(OWN);
    assertThat(ports.identify(connect(1, OTHER)).peer()).isEqualTo(OTHER);

    assertThat(ports.identify(connect(1, Peer.NONE)).peer()).isEqualTo(Peer.NONE);
  }

  @Test
  void itKeepsSome() {
    for (int port = 1; port <= 50_000; port++) {
      assertThat(ports.identify(connect(port, OWN)).peer()).isEqualTo(OWN);
    }
    assertThat(ports.identify(connect(1, Peer.NONE)).peer()).isEqualTo(Peer.NONE);
    assertThat(ports.identify(connect(50_000, Peer.NONE)).peer()).isEqualTo(OWN);
  }
}
