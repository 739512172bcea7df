package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What "once" covers: a look-up's connects, and a bind's listen; no more. */
class FollowUpsTest {
  private static final Address ONE = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Address TWO = Address.of(new byte[] {(byte) 192, 0, 2, 2});
  private static final Event LOOK_UP = new Event.Resolve("a.example", null);

  private final ClientConnection client = new ClientConnection(null, null);
  private long nanos;
  private final FollowUps followUps = new FollowUps(() -> nanos);

  private static Event.Inet inet(EventKind kind, Address address, int port) {
    return new Event.Inet(kind, Protocol.TCP, address, port);
  }

  private static Event.Inet connect(Address address, int port) {
    return inet(EventKind.CONNECT, address, port).withHost("a.example");
  }

  private String take(Event event) {
    return followUps.take(client, event);
  }

  @Test
  void aLookUpIsForEachAddressOfTheNameAndOnePort() {
    followUps.allowed(client, LOOK_UP, "me");
    assertThat(take(connect(ONE, 443))).isEqualTo("me");
    assertThat(take(connect(TWO, 443))).isEqualTo("me");
    assertThat(take(connect(ONE, 443))).isNull();
    assertThat(take(connect(TWO, 80))).isNull();
  }

  @Test
  void anotherNameAnotherProcessAndALaterTimeAreNotMeant() {
    followUps.allowed(client, LOOK_UP, "me");
    assertThat(take(inet(EventKind.CONNECT, ONE, 443))).isNull();
    assertThat(take(inet(EventKind.CONNECT, ONE, 443).withHost("b.example"))).isNull();
    assertThat(followUps.take(new ClientConnection(null, null), connect(ONE, 443))).isNull();
    nanos = Duration.ofSeconds(61).toNanos();
    assertThat(take(connect(ONE, 443))).isNull();
  }

  @Test
  void aProcessOutsideOfTheRunIsNews() {
    Peer other = new Peer(Peer.Place.OUTSIDE, 8, "me", "x.jar", "java");
    followUps.allowed(client, LOOK_UP, "me");
    assertThat(take(connect(ONE, 443).withPeer(other))).isNull();
    assertThat(take(connect(ONE, 443))).isEqualTo("me");
  }

  @Test
  void aBindIsForOneListenOfTheSameSocket() {
    followUps.allowed(client, inet(EventKind.BIND, ONE, 80), "me");
    assertThat(take(inet(EventKind.LISTEN, ONE, 81))).isNull();
    assertThat(take(inet(EventKind.LISTEN, TWO, 80))).isNull();
    assertThat(take(inet(EventKind.LISTEN, ONE, 80))).isEqualTo("me");
    assertThat(take(inet(EventKind.LISTEN, ONE, 80))).isNull();

    followUps.allowed(client, inet(EventKind.BIND, ONE, 0), "me");
    assertThat(take(inet(EventKind.LISTEN, ONE, 40_000))).isNull();
    assertThat(take(inet(EventKind.LISTEN, ONE, 40_000).asEphemeral())).isEqualTo("me");
  }

  @Test
  void nothingFollowsAConnect() {
    followUps.allowed(client, connect(ONE, 443), "me");
    assertThat(take(connect(ONE, 443))).isNull();
  }
}
