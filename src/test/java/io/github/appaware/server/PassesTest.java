package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.event.Verdict.Reuse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final long PID = 7;
  private static final int EPOCH = 3;

  private static final Application APP =
      Application.builder().file("app.jar").kind(Application.Kind.JAR).pid(PID).build();

  private final Passes passes = new Passes();

  @BeforeEach
  void admit() {
    passes.admitted(APP);
  }

  private static Event.Inet connect(String host, int port) {
    byte[] address = {(byte) 192, 0, 2, 7};
    Event.Inet event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, Address.of(address), port);
    return host == null ? event : event.withHost(host);
  }

  private static Verdict allowed(Reuse reuse, int epoch) {
    return new Verdict(true, Reason.of(Reason.Kind.RULE), reuse, epoch);
  }

  private void allow(Event event, Reuse reuse, int epoch) {
    passes.add(APP, event, Origin.UNKNOWN, allowed(reuse, epoch));
  }

  private Optional<Reason.Kind> take(long pid, Event event) {
    return passes
        .take(pid, event, EPOCH, pass -> Optional.empty())
        .map(verdict -> verdict.reason().kind());
  }

  @Test
  void whatWasAllowedPassesHoweverOftenIfTheVerdictMayBeUsedAgain() {
    allow(connect("example.com", 443), Reuse.ENDPOINT, EPOCH);

    assertThat(take(PID, connect(null, 443))).contains(Reason.Kind.PASSED);
    assertThat(take(PID, connect(null, 443))).contains(Reason.Kind.PASSED);
  }

  @Test
  void whatWasAllowedOncePassesOnce() {
    allow(connect("example.com", 443), Reuse.NOTHING, EPOCH);
    allow(connect("example.com", 443), Reuse.NOTHING, EPOCH);

    assertThat(take(PID, connect(null, 443))).contains(Reason.Kind.PASSED);
    assertThat(take(PID, connect(null, 443))).contains(Reason.Kind.PASSED);
    assertThat(take(PID, connect(null, 443))).isEmpty();
  }

  @Test
  void nothingElsePasses() {
    allow(connect("example.com", 443), Reuse.ENDPOINT, EPOCH);
    Event.Inet other = connect(null, 443);

    assertThat(take(PID, connect(null, 444))).isEmpty();
    assertThat(take(PID + 1, other)).isEmpty();
    assertThat(take(PID, new Event.Inet(EventKind.SEND, Protocol.UDP, other.address(), 443)))
        .isEmpty();
    assertThat(take(PID, new Event.Inet(EventKind.CONNECT, Protocol.UDP, other.address(), 443)))
        .isEmpty();
  }

  @Test
  void anEarlierPolicysVerdictIsDecidedAnew() {
    allow(connect("example.com", 443), Reuse.ENDPOINT, EPOCH - 1);

    assertThat(take(PID, connect(null, 443))).isEmpty();
    assertThat(
            passes.take(
                PID,
                connect(null, 443),
                EPOCH,
                pass -> {
                  assertThat(pass.event()).isEqualTo(connect("example.com", 443));
                  return Optional.of(allowed(Reuse.ENDPOINT, EPOCH));
                }))
        .isPresent();
    assertThat(take(PID, connect(null, 443))).contains(Reason.Kind.PASSED);
  }

  @Test
  void whatAProcessWasAllowedEndsWithItsAgent() {
    allow(connect("example.com", 443), Reuse.ENDPOINT, EPOCH);
    passes.gone(PID);

    assertThat(take(PID, connect(null, 443))).isEmpty();
    assertThat(passes.isJvm(PID)).isFalse();
  }

  /** Java reaches 0.0.0.0 by a socket of IPv6, as ::. */
  @Test
  void theLoopbackAddressOfIpv6PassesForThatOfIpv4() {
    Address four = Address.of(new byte[] {127, 0, 0, 1});
    byte[] six = new byte[16];
    six[15] = 1;
    allow(new Event.Inet(EventKind.CONNECT, Protocol.TCP, four, 80), Reuse.ENDPOINT, EPOCH);

    assertThat(take(PID, new Event.Inet(EventKind.CONNECT, Protocol.TCP, Address.of(six), 80)))
        .contains(Reason.Kind.PASSED);
  }

  @Test
  void aServiceOfNamesPassesOnceALookUpWasAllowed() {
    Event nscd = new Event.Unix(EventKind.CONNECT, "/run/nscd/socket");
    assertThat(take(PID, nscd)).isEmpty();

    allow(new Event.Resolve("example.com", null), Reuse.ENDPOINT, EPOCH);

    assertThat(take(PID, nscd)).contains(Reason.Kind.RESOLVER);
    assertThat(take(PID, new Event.Unix(EventKind.CONNECT, "/run/docker.sock"))).isEmpty();
  }

  /** It would open a way to send that no further event tells of. */
  @Test
  void theResolversProbeOfARouteIsDeniedWithoutARecord() {
    Event probe =
        new Event.Inet(
            EventKind.CONNECT, Protocol.UDP, Address.of(new byte[] {(byte) 192, 0, 2, 7}), 0);

    assertThat(passes.take(PID, probe, EPOCH, pass -> Optional.empty()))
        .hasValueSatisfying(verdict -> assertThat(verdict.allowed()).isFalse());
  }

  @Test
  void pathsOfSocketsPassAsTheyReallyAre() {
    allow(new Event.Unix(EventKind.CONNECT, "/run/x", "/link/x"), Reuse.NOTHING, EPOCH);

    assertThat(take(PID, new Event.Unix(EventKind.CONNECT, "/run/x", "/proc/self/fd/9/x")))
        .contains(Reason.Kind.PASSED);
    assertThat(List.of(take(PID, new Event.Unix(EventKind.CONNECT, "/run/x"))))
        .containsExactly(Optional.empty());
  }
}
