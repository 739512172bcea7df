package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Services.Service;
import io.github.appaware.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final Address FAR = Address.of(new byte[] {(byte) 198, 51, 100, 7});
  private static final Address LOOPBACK = Address.of(new byte[] {127, 0, 0, 1});

  private static RecordEntry entry(String file, Event event, boolean allowed, int count) {
    return new RecordEntry(
        Samples.NOW,
        "r",
        Samples.APP.toBuilder().file(file).build(),
        event,
        Origin.UNKNOWN,
        new Verdict(allowed, Reason.of(Reason.Kind.DEFAULT), Verdict.Reuse.NOTHING, 1),
        count);
  }

  private static Event inet(EventKind kind, Address address, int port) {
    return new Event.Inet(kind, Protocol.TCP, address, port);
  }

  private static List<String> of(RecordEntry... entries) {
    Findings findings = new Findings();
    for (RecordEntry entry : entries) {
      findings.add(entry);
    }
    return Services.of(findings).stream().map(ServicesTest::line).toList();
  }

  private static String line(Service each) {
    return String.join(
        " ",
        each.target().host(),
        each.target().port(),
        each.target().protocol(),
        each.worst().label(),
        each.count() + "",
        each.apps().toString());
  }

  @Test
  void aServiceIsAHostWithAPortWhateverReachedIt() {
    assertThat(
            of(
                entry("b.jar", Samples.connect("b.example"), true, 2),
                entry("a.jar", Samples.connect("b.example"), false, 3),
                entry("a.jar", Samples.connect("b.example", 80), true, 1),
                entry("a.jar", inet(EventKind.SEND, FAR, 53), true, 1)))
        .containsExactly(
            "198.51.100.7 53 tcp allowed 1 [a.jar]",
            "b.example 80 tcp allowed 1 [a.jar]",
            "b.example 443 tcp denied 5 [a.jar, b.jar]");
  }

  @Test
  void whatStaysOnTheMachineIsNoExternalService() {
    Event own = inet(EventKind.CONNECT, FAR, 80).withPeer(Peer.UNKNOWN);
    assertThat(
            of(
                entry("a.jar", inet(EventKind.CONNECT, LOOPBACK, 80), true, 1),
                entry("a.jar", own, true, 1),
                entry("a.jar", inet(EventKind.LISTEN, FAR, 80), true, 1),
                entry("a.jar", inet(EventKind.ACCEPT, FAR, 80), true, 1),
                entry("a.jar", new Event.Unix(EventKind.CONNECT, "/run/x"), true, 1),
                entry("a.jar", new Event.Blind(Event.Blind.Way.PROCESS, "curl x"), true, 1),
                entry("a.jar", new Event.Resolve("localhost", null), true, 1)))
        .isEmpty();
  }

  @Test
  void aLookUpCountsWhereNothingElseReachedTheHost() {
    assertThat(
            of(
                entry("a.jar", new Event.Resolve("seen.example", null), true, 1),
                entry("a.jar", Samples.connect("seen.example"), true, 1),
                entry("a.jar", new Event.Resolve("never.example", null), false, 4)))
        .containsExactly(
            "never.example   denied 4 [a.jar]", "seen.example 443 tcp allowed 1 [a.jar]");
  }

  @Test
  void behindAProxyTheTargetIsAService() {
    Proxy proxy = new Proxy("proxy.example", null, 3128);
    assertThat(
            of(
                entry("a.jar", Tunnel.to("far.example", 443, proxy), true, 1),
                entry("a.jar", Tunnel.toUnknown(proxy), true, 1)))
        .containsExactly(
            "far.example 443 tcp allowed 1 [a.jar]",
            "unknown, through proxy.example:3128  tcp allowed 1 [a.jar]");
  }

  @Test
  void ofManyApplicationsTheFirstAreNamed() {
    RecordEntry[] entries = new RecordEntry[20];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry("app-" + (char) ('a' + i) + ".jar", Samples.connect("b.example"), true, 1);
    }
    assertThat(of(entries))
        .singleElement()
        .asString()
        .contains("app-a.jar, app-b.jar")
        .contains("app-h.jar, and others]")
        .startsWith("b.example 443 tcp allowed 20 ");
  }
}
