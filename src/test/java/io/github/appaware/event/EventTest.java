package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  private static final Address V4 = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Address V6 =
      Address.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

  private static final Map<EventKind, String> SENTENCES =
      Map.of(
          EventKind.RESOLVE, "resolve tcp of 192.0.2.1:443",
          EventKind.CONNECT, "connect tcp to 192.0.2.1:443",
          EventKind.BIND, "bind tcp to 192.0.2.1:443",
          EventKind.LISTEN, "listen tcp on 192.0.2.1:443",
          EventKind.ACCEPT, "accept tcp from 192.0.2.1:443",
          EventKind.SEND, "send tcp to 192.0.2.1:443",
          EventKind.RECEIVE, "receive tcp from 192.0.2.1:443",
          EventKind.BLIND, "blind tcp by 192.0.2.1:443");

  @ParameterizedTest
  @EnumSource
  void everyKindHasItsPreposition(EventKind kind) {
    assertThat(inet(kind, Protocol.TCP, V4).describe()).isEqualTo(SENTENCES.get(kind));
  }

  @Test
  void theFirstHostIsShownBeforeTheAddress() {
    assertThat(inet(EventKind.CONNECT, Protocol.TCP, V4, "example.com", "alias.example"))
        .extracting(Event::describe)
        .isEqualTo("connect tcp to example.com:443");
  }

  @Test
  void anIpv6AddressStandsInBrackets() {
    assertThat(inet(EventKind.LISTEN, Protocol.UDP, V6).describe())
        .isEqualTo("listen udp on [::1]:443");
  }

  @Test
  void aLookUpShowsItsNameAndAReverseLookUpItsAddress() {
    assertThat(new Event.Resolve("example.com", null).describe()).isEqualTo("resolve example.com");
    assertThat(new Event.Resolve(null, V6).describe()).isEqualTo("resolve ::1");
    assertThat(new Event.Resolve(null, V6).kind()).isEqualTo(EventKind.RESOLVE);
  }

  @Test
  void aUnixSocketShowsItsPath() {
    Event event = new Event.Unix(EventKind.CONNECT, "/run/docker.sock");

    assertThat(event.describe()).isEqualTo("connect unix to /run/docker.sock");
    assertThat(event.endpoint()).isEqualTo("/run/docker.sock");
  }

  @Test
  void namesFromTheApplicationAreEscaped() {
    String hostile = "\u001b[2Jgood.example\u202e";
    String shown = "\\u001b[2Jgood.example\\u202e";

    assertThat(new Event.Resolve(hostile, null).describe()).isEqualTo("resolve " + shown);
    assertThat(inet(EventKind.CONNECT, Protocol.TCP, V4, hostile).describe())
        .isEqualTo("connect tcp to " + shown + ":443");
    assertThat(new Event.Unix(EventKind.BIND, hostile).describe())
        .isEqualTo("bind unix to " + shown);
  }

  @Test
  void aLookUpHasEitherANameOrAnAddress() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Event.Resolve(null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Event.Resolve("a", V4));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortHas16Bits(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, port))
        .withMessage("port " + port + ", local port 0");
  }

  @Test
  void theNamesOfAnEventCantBeChanged() {
    List<String> names = new ArrayList<>(List.of("a.example"));
    Event.Inet event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 1).withNames(names);
    names.set(0, "b.example");

    assertThat(event.names()).containsExactly("a.example").isUnmodifiable();
  }

  @Test
  void knownNamesStandOnlyWhereNoneWasAskedFor() {
    Event.Inet event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 1);

    assertThat(event.withNames(List.of("a.example")).describe())
        .isEqualTo("connect tcp to " + V4 + ":1");
    assertThat(event.withNames(List.of("a.example")).withHost("b.example"))
        .isEqualTo(event.withHost("b.example"))
        .isNotEqualTo(event.withNames(List.of("b.example")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Event.Inet(
                    EventKind.CONNECT, Protocol.TCP, V4, 1, "a.example", List.of("b"), 0));
  }

  private static Event inet(EventKind kind, Protocol protocol, Address address, String... hosts) {
    Event.Inet event = new Event.Inet(kind, protocol, address, 443);
    return hosts.length == 0 ? event : event.withHost(hosts[0]);
  }
}
