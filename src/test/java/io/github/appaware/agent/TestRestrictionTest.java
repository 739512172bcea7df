package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestRestrictionTest {
  private static boolean allows(String far, Event event) {
    return new TestRestriction(new String[] {far}).allows(event);
  }

  private static Event connect(String host, String address, int port, String... known) {
    return new Event.Inet(
        EventKind.CONNECT, Protocol.TCP, AddressText.parse(address), port, host, List.of(known), 0);
  }

  private static Event at(EventKind kind, String address, int port) {
    return new Event.Inet(kind, Protocol.TCP, AddressText.parse(address), port);
  }

  @ParameterizedTest
  @CsvSource({
    "db.example:5432, db.example, 192.0.2.1, 5432, true",
    "db.example:5432, db.example, 192.0.2.1, 5433, false",
    "DB.example:*, db.example, 192.0.2.1, 1, true",
    "db.example:5000-6000, db.example, 192.0.2.1, 5432, true",
    "db.example:*, other.example, 192.0.2.1, 5432, false",
    "db.example:*, , 192.0.2.1, 5432, false",
    "*.example:443, a.example, 192.0.2.1, 443, true",
    "*.example:443, a.b.example, 192.0.2.1, 443, true",
    "*.example:443, example, 192.0.2.1, 443, false",
    "*.example:443, anexample, 192.0.2.1, 443, false",
    "*:443, any.example, 192.0.2.1, 443, true",
    "*:443, , 192.0.2.1, 443, true",
    "*:443, , 192.0.2.1, 80, false",
    "192.0.2.1:443, any.example, 192.0.2.1, 443, true",
    "192.0.2.1:443, any.example, 192.0.2.2, 443, false",
    "'[2001:db8::1]:443', , 2001:db8:0::1, 443, true",
    "localhost:*, localhost, 127.0.0.1, 80, true",
    "localhost:*, , 127.8.8.8, 80, true",
    "localhost:*, , ::1, 80, true",
    "localhost:*, evil.example, 192.0.2.1, 80, false",
  })
  void aFarEndIsWhatItSays(String far, String host, String address, int port, boolean allowed) {
    assertThat(allows(far, connect(host, address, port))).isEqualTo(allowed);
  }

  @Test
  void aKnownNameAllowsAnAddress() {
    assertThat(allows("a.example:*", connect(null, "192.0.2.1", 1, "b.example", "a.example")))
        .isTrue();
  }

  @Test
  void aLookUpIsAllowedWithEachPortOfTheName() {
    assertThat(allows("a.example:443", new Event.Resolve("a.example", null))).isTrue();
    assertThat(allows("a.example:443", new Event.Resolve("b.example", null))).isFalse();
    assertThat(allows("127.0.0.1:443", new Event.Resolve(null, AddressText.parse("127.0.0.1"))))
        .isTrue();
  }

  @Test
  void whoseLocalhostIsAllowedMayListenForIt() {
    assertThat(allows("localhost:*", at(EventKind.LISTEN, "0.0.0.0", 8080))).isTrue();
    assertThat(allows("localhost:*", at(EventKind.BIND, "127.0.0.1", 0))).isTrue();
    assertThat(allows("localhost:*", at(EventKind.BIND, "192.0.2.1", 0))).isFalse();
    assertThat(allows("localhost:8080", at(EventKind.LISTEN, "0.0.0.0", 8081))).isFalse();
    assertThat(allows("a.example:*", at(EventKind.LISTEN, "0.0.0.0", 8080))).isFalse();
    assertThat(allows("localhost:*", at(EventKind.ACCEPT, "127.0.0.1", 50_000))).isTrue();
    assertThat(allows("localhost:*", at(EventKind.ACCEPT, "192.0.2.1", 50_000))).isFalse();
  }

  @Test
  void withoutFarEndsAllOfTheNetworkIsDenied() {
    TestRestriction none = new TestRestriction(new String[0]);

    assertThat(none.allows(connect("localhost", "127.0.0.1", 80))).isFalse();
    assertThat(none.allows(at(EventKind.LISTEN, "0.0.0.0", 0))).isFalse();
    assertThat(none.allows(new Event.Resolve("localhost", null))).isFalse();
    assertThat(none.allows(new Event.Unix(EventKind.CONNECT, "/run/x", "/run/x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        ":80",
        "a:",
        "a:x",
        "a:-1",
        "a:65536",
        "a:9-8",
        "1.2.3:80",
        "1.2.3.999:80",
        "[::g]:80",
        "::1:80",
        "a*b:80",
        "https://a:443",
        "*.:1"
      })
  void anythingElseIsRefused(String far) {
    assertThatThrownBy(() -> new TestRestriction(new String[] {far}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("invalid far end `" + far + "`: expected HOST:PORT");
  }

  @Test
  void theAddressInsideCounts() {
    Address mapped = AddressText.parse("::ffff:127.0.0.1");

    assertThat(allows("localhost:*", connect(null, mapped.toString(), 80))).isTrue();
  }
}
