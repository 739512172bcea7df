package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
  private static final Address LOOPBACK = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address FAR = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private static Destination of(Application app, Event event, String jar, String maven) {
    Origin origin =
        new Origin(
            List.of(new Origin.Frame("a.B", "c", 1, "", new Origin.Source(jar, "", maven))), "t");
    Verdict verdict = Verdict.denied(Reason.Kind.NOBODY);
    return Destination.of(new RecordEntry(Instant.EPOCH, "r", app, event, origin, verdict, 1));
  }

  private static Destination of(Event event) {
    return of(Samples.APP, event, "/lib/b-1.jar", "g:b:1");
  }

  private static Event.Inet inet(EventKind kind, Address address, int port) {
    return new Event.Inet(kind, Protocol.TCP, address, port);
  }

  @ParameterizedTest
  @CsvSource({
    "surefirebooter-20261128120000123_3.jar, surefirebooter-*.jar",
    "surefirebooter6181467296512313531.jar, surefirebooter*.jar",
    "jna1234567890.tmp, jna*.tmp",
    "7d444840-9dc0-11d1-b245-5ffdce74fad2.jar, *.jar",
    "billing-2.1.jar, billing-2.1.jar",
    "postgresql-42.7.4.jar, postgresql-42.7.4.jar",
    "gson-2.10.1-20240101.jar, gson-2.10.1-*.jar",
    "Main, Main",
  })
  void aNameKeepsWhatItHasInEveryRun(String name, String stable) {
    assertThat(StableNames.of(name)).isEqualTo(stable);
    assertThat(StableNames.isThrowAway(name)).isEqualTo(!name.equals(stable));
  }

  @Test
  void anAddressOfANameDoesNotCountAndItsPortDoes() {
    Event event = inet(EventKind.CONNECT, FAR, 443).withHost("a.example");
    assertThat(of(event))
        .isEqualTo(of(inet(EventKind.CONNECT, LOOPBACK, 443).withHost("a.example")))
        .isEqualTo(of(inet(EventKind.CONNECT, FAR, 443).withNames(List.of("a.example"))))
        .isNotEqualTo(of(inet(EventKind.CONNECT, FAR, 8443).withHost("a.example")))
        .isNotEqualTo(of(inet(EventKind.CONNECT, FAR, 443)));
    assertThat(of(event).describe()).isEqualTo("app.jar: connect tcp a.example port 443, from g:b");
  }

  @Test
  void aVersionAndAChangedApplicationDoNotCount() {
    Event event = new Event.Resolve("a.example", null);
    Application id = Samples.APP.toBuilder().id("x").build();
    assertThat(of(id, event, "/lib/b-1.jar", "g:b:1"))
        .isEqualTo(
            of(id.toBuilder().file("app-2.jar").sha256("1").build(), event, "/b-2.jar", "g:b:2"))
        .isNotEqualTo(of(id, event, "/lib/b-1.jar", "g:c:1"))
        .isNotEqualTo(of(Samples.APP, event, "/lib/b-1.jar", "g:b:1"));
  }

  /** At a port of its own that the system chose. */
  private static Event.Inet chosen(EventKind kind, int port, int localPort) {
    return new Event.Inet(
        kind, Protocol.TCP, LOOPBACK, port, null, List.of(), localPort, null, true);
  }

  @Test
  void portsThatTheSystemChoseDoNotCountAndOthersDo() {
    Peer own = new Peer(Peer.Place.RUN, 1, "me", "java", "");
    Peer outside = new Peer(Peer.Place.OUTSIDE, 1, "me", "java", "");
    assertThat(of(chosen(EventKind.LISTEN, 40_000, 0)))
        .isEqualTo(of(chosen(EventKind.LISTEN, 20_000, 0)))
        .isNotEqualTo(of(inet(EventKind.LISTEN, LOOPBACK, 40_000)))
        .isNotEqualTo(of(inet(EventKind.LISTEN, LOOPBACK, 8080)));
    assertThat(of(chosen(EventKind.ACCEPT, 1, 40_000)))
        .isEqualTo(of(chosen(EventKind.ACCEPT, 2, 20_000)))
        .isNotEqualTo(of(inet(EventKind.ACCEPT, LOOPBACK, 1).withLocalPort(40_000)));
    assertThat(of(inet(EventKind.CONNECT, LOOPBACK, 40_000).withPeer(own)))
        .isEqualTo(of(inet(EventKind.CONNECT, LOOPBACK, 50_000).withPeer(own)));
    assertThat(of(inet(EventKind.CONNECT, LOOPBACK, 40_000).withPeer(outside)))
        .isNotEqualTo(of(inet(EventKind.CONNECT, LOOPBACK, 50_000).withPeer(outside)));
    assertThat(of(inet(EventKind.ACCEPT, LOOPBACK, 1).withLocalPort(8080)))
        .isEqualTo(of(inet(EventKind.ACCEPT, LOOPBACK, 2).withLocalPort(8080)))
        .isNotEqualTo(of(inet(EventKind.ACCEPT, FAR, 1).withLocalPort(8080)))
        .isNotEqualTo(of(inet(EventKind.ACCEPT, LOOPBACK, 1).withLocalPort(8081)));
  }

  @Test
  void ofAProgramItsArgumentsDoNotCount() {
    assertThat(of(new Event.Blind(Event.Blind.Way.PROCESS, "/bin/ls -l /tmp")))
        .isEqualTo(of(new Event.Blind(Event.Blind.Way.PROCESS, "/bin/ls /")))
        .isNotEqualTo(of(new Event.Blind(Event.Blind.Way.PROCESS, "/bin/cat /")));
  }
}
