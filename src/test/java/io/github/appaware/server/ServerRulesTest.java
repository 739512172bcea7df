package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One answer about a server: what it lets in, and that it holds in the next run. */
class ServerRulesTest {
  private static final Address ANY = Address.of(new byte[4]);
  private static final Address LOOPBACK = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address LOCAL_NET = Address.of(new byte[] {10, 1, 2, 3});
  private static final Address FAR = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Peer OWN = new Peer(Peer.Place.RUN, 7, "me", "app.jar", "java");
  private static final Peer OTHER = new Peer(Peer.Place.OUTSIDE, 8, "me", "x.jar", "java");

  private static Event.Inet local(EventKind kind, Address address, int port) {
    return new Event.Inet(kind, Protocol.TCP, address, port);
  }

  private static Event.Inet accept(Address peer, int localPort) {
    return local(EventKind.ACCEPT, peer, 50_123).withLocalPort(localPort);
  }

  private static Policy answer(boolean allow, Scope scope, Event event) throws Exception {
    Choice choice = new Choice(allow, scope, Term.ALWAYS);
    return RunAnswers.compile(AnswerRules.rules(choice, event, Origin.UNKNOWN, 0));
  }

  private static boolean allows(Policy answer, Event event) {
    return RunAnswers.decide(answer, Samples.APP, event, Origin.UNKNOWN, Instant.EPOCH)
        .map(decision -> decision.action().label().equals("allow"))
        .orElse(false);
  }

  @Test
  void bindAndListenAreOneAnswerWithWhatThisMachineSends() throws Exception {
    for (EventKind kind : new EventKind[] {EventKind.BIND, EventKind.LISTEN}) {
      Policy answer = answer(true, Scope.ENDPOINT, local(kind, ANY, 8082));
      assertThat(allows(answer, local(EventKind.BIND, ANY, 8082))).isTrue();
      assertThat(allows(answer, local(EventKind.LISTEN, ANY, 8082))).isTrue();
      assertThat(allows(answer, accept(LOOPBACK, 8082))).isTrue();
      assertThat(allows(answer, local(EventKind.CONNECT, LOOPBACK, 8082).withPeer(OWN))).isTrue();

      assertThat(allows(answer, local(EventKind.LISTEN, ANY, 8083))).isFalse();
      assertThat(allows(answer, accept(LOCAL_NET, 8082))).isFalse();
      assertThat(allows(answer, accept(FAR, 8082))).isFalse();
      assertThat(allows(answer, accept(LOOPBACK, 8083))).isFalse();
      assertThat(allows(answer, local(EventKind.CONNECT, LOOPBACK, 8082).withPeer(OTHER)))
          .isFalse();
    }
  }

  @Test
  void aServerIsOpenedToPrivateNetworksOrToEveryone() throws Exception {
    Event listen = local(EventKind.LISTEN, ANY, 8082);
    Policy some = answer(true, Scope.PRIVATE, listen);
    Policy all = answer(true, Scope.ANYONE, listen);
    assertThat(allows(some, listen)).isTrue();
    assertThat(allows(some, accept(LOCAL_NET, 8082))).isTrue();
    assertThat(allows(some, accept(FAR, 8082))).isFalse();
    assertThat(allows(all, listen)).isTrue();
    assertThat(allows(all, accept(FAR, 8082))).isTrue();
    assertThat(allows(all, accept(FAR, 8083))).isFalse();

    assertThat(allows(answer(true, Scope.PRIVATE, accept(LOCAL_NET, 8082)), accept(FAR, 8082)))
        .isFalse();
    assertThat(allows(answer(true, Scope.ANYONE, accept(LOCAL_NET, 8082)), accept(FAR, 8082)))
        .isTrue();
  }

  @Test
  void aDenialIsAboutTheSocketAlone() throws Exception {
    Event listen = local(EventKind.LISTEN, ANY, 8082);
    for (Scope scope : new Scope[] {Scope.ENDPOINT, Scope.PRIVATE, Scope.ANYONE}) {
      Choice deny = new Choice(false, scope, Term.ALWAYS);
      assertThat(AnswerRules.rules(deny, listen, Origin.UNKNOWN, 0)).hasSize(1);
    }
  }

  @Test
  void aPortThatTheSystemChoseHoldsAsSuch() throws Exception {
    Event.Inet first = local(EventKind.LISTEN, LOOPBACK, 35_723).asEphemeral();
    Policy answer = answer(true, Scope.ENDPOINT, local(EventKind.BIND, LOOPBACK, 0));
    for (Event.Inet each :
        new Event.Inet[] {first, local(EventKind.LISTEN, LOOPBACK, 41_001).asEphemeral()}) {
      assertThat(allows(answer, each)).isTrue();
      assertThat(allows(answer, accept(LOOPBACK, each.port()).asEphemeral())).isTrue();
      Event.Inet connect = local(EventKind.CONNECT, LOOPBACK, each.port());
      assertThat(allows(answer, connect.asEphemeral().withPeer(OWN))).isTrue();
      assertThat(allows(answer, connect.withPeer(OTHER))).isFalse();
      assertThat(allows(answer, local(EventKind.LISTEN, LOOPBACK, each.port()))).isFalse();
      assertThat(allows(answer, accept(LOOPBACK, each.port()))).isFalse();
    }
    Policy connects = answer(true, Scope.ENDPOINT, first("connect").asEphemeral().withPeer(OWN));
    Event.Inet next = local(EventKind.CONNECT, LOOPBACK, 40_000);
    assertThat(allows(connects, next.asEphemeral().withPeer(OWN))).isTrue();
    assertThat(allows(connects, next.withPeer(OWN))).isFalse();
    assertThat(allows(connects, next.asEphemeral().withPeer(OTHER))).isFalse();
  }

  private static Event.Inet first(String kind) {
    return local(EventKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)), LOOPBACK, 35_723);
  }

  @Test
  void aNameOfThisMachineLeadsToTheRunsOwnProcesses() throws Exception {
    Policy answer = answer(true, Scope.ENDPOINT, new Event.Resolve("localhost", null));
    Event.Inet connect = local(EventKind.CONNECT, LOOPBACK, 9092).withHost("localhost");
    assertThat(allows(answer, new Event.Resolve("localhost", null))).isTrue();
    assertThat(allows(answer, connect.withPeer(OWN))).isTrue();
    assertThat(allows(answer, connect.withPeer(OTHER))).isFalse();

    Policy other = answer(true, Scope.ENDPOINT, new Event.Resolve("a.example", null));
    assertThat(allows(other, local(EventKind.CONNECT, FAR, 9092).withHost("a.example"))).isTrue();
    assertThat(allows(other, local(EventKind.CONNECT, FAR, 9092).withHost("b.example"))).isFalse();
  }
}
