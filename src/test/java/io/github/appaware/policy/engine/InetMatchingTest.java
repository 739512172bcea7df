package io.github.appaware.policy.engine;

import static io.github.appaware.policy.Fixtures.connect;
import static io.github.appaware.policy.Fixtures.inet;
import static io.github.appaware.policy.Fixtures.matches;
import static io.github.appaware.policy.Fixtures.udp;
import static io.github.appaware.policy.Fixtures.unix;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.policy.model.PolicyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InetMatchingTest {
  @Test
  void aHostMatchesTheNameThatWasAskedFor() throws PolicyException {
    String rule = "host = 'example.com'";
    assertThat(matches(rule, connect("192.0.2.1", 80, "example.com"))).isTrue();
    assertThat(matches(rule, connect("192.0.2.1", 80, "other.org"))).isFalse();
  }

  /** Two names, none of which was asked for: the address is a copy or a literal. */
  @ParameterizedTest
  @ValueSource(strings = {"allow", "deny", "ask"})
  void whereNoneWasAskedForAnyKnownNameMatches(String action) throws PolicyException {
    Event known = connect("192.0.2.1", 80, "other.org", "example.com");
    assertThat(matches("action = '" + action + "'\nhost = 'example.com'", known)).isTrue();
    assertThat(matches("action = '" + action + "'\nhost = 'other.org'", known)).isTrue();
    assertThat(matches("action = '" + action + "'\nhost = 'third.org'", known)).isFalse();
    assertThat(
            matches(
                "action = '" + action + "'\nhost = 'other.org'",
                inet(EventKind.ACCEPT, "::2", 1, "other.org")))
        .isTrue();
  }

  /** A name that leads to the loopback address must not deny {@code localhost}. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void atTheLoopbackAddressKnownNamesDenyNothing(String address) throws PolicyException {
    Event known = connect(address, 80, "ads.example", "localhost");
    Event asked = connect(address, 80, "ads.example");
    String host = "\nhost = 'ads.example'";
    assertThat(matches("action = 'allow'" + host, known)).isTrue();
    assertThat(matches("action = 'deny'" + host, known)).isFalse();
    assertThat(matches("action = 'ask'" + host, known)).isFalse();
    assertThat(matches("action = 'deny'" + host, asked)).isTrue();
  }

  @Test
  void aHostNeverMatchesALiteralAddress() throws PolicyException {
    assertThat(matches("host = 'example.com'", connect("192.0.2.1", 80))).isFalse();
    assertThat(matches("host = '*.com'", connect("192.0.2.1", 80))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BIND", "LISTEN"})
  void bindAndListenHaveALocalAddressAndNoHost(EventKind kind) throws PolicyException {
    assertThat(matches("host = 'localhost'", inet(kind, "127.0.0.1", 80, "localhost"))).isFalse();
    assertThat(matches("address = 'loopback'", inet(kind, "127.0.0.1", 80))).isTrue();
    assertThat(matches("port = 80", inet(kind, "127.0.0.1", 80))).isTrue();
  }

  @Test
  void theKeysOfARuleAreJoinedByAnd() throws PolicyException {
    String rule = "host = 'example.com'\naddress = '192.0.2.0/24'\nport = 443\nprotocol = 'tcp'";
    assertThat(matches(rule, connect("192.0.2.1", 443, "example.com"))).isTrue();
    assertThat(matches(rule, connect("192.0.2.1", 443, "example.org"))).isFalse();
    assertThat(matches(rule, connect("192.0.3.1", 443, "example.com"))).isFalse();
    assertThat(matches(rule, connect("192.0.2.1", 444, "example.com"))).isFalse();
    assertThat(matches(rule, udp("192.0.2.1", 443, "example.com"))).isFalse();
  }

  @Test
  void theValuesOfAKeyAreJoinedByOr() throws PolicyException {
    assertThat(matches("port = [1, '5-7', '9']", connect("192.0.2.1", 1))).isTrue();
    assertThat(matches("port = [1, '5-7', '9']", connect("192.0.2.1", 5))).isTrue();
    assertThat(matches("port = [1, '5-7', '9']", connect("192.0.2.1", 7))).isTrue();
    assertThat(matches("port = [1, '5-7', '9']", connect("192.0.2.1", 9))).isTrue();
    assertThat(matches("port = [1, '5-7', '9']", connect("192.0.2.1", 8))).isFalse();
    assertThat(matches("address = ['192.0.2.1', '::1']", connect("::1", 8))).isTrue();
    assertThat(matches("protocol = ['udp', 'unix']", udp("::1", 8))).isTrue();
    assertThat(matches("event = ['bind', 'connect']", udp("::1", 8))).isTrue();
    assertThat(matches("event = ['bind', 'listen']", udp("::1", 8))).isFalse();
  }

  @Test
  void portsReachFromZeroToTheLast() throws PolicyException {
    assertThat(matches("port = '0-65535'", connect("::1", 0))).isTrue();
    assertThat(matches("port = '0-65535'", connect("::1", 65535))).isTrue();
    assertThat(matches("port = 0", connect("::1", 0))).isTrue();
  }

  @Test
  void aMappedAddressIsTheIpv4Address() throws PolicyException {
    assertThat(matches("address = '::ffff:192.0.2.1'", connect("192.0.2.1", 1))).isTrue();
    assertThat(matches("address = '192.0.2.1'", connect("::ffff:c000:201", 1))).isTrue();
    assertThat(matches("address = '::ffff:10.0.0.0/104'", connect("10.1.2.3", 1))).isTrue();
    assertThat(matches("address = '::ffff:0:0/96'", connect("10.1.2.3", 1))).isTrue();
    assertThat(matches("address = '::/0'", connect("10.1.2.3", 1))).isFalse();
    assertThat(matches("address = '::/0'", connect("2001:db8::1", 1))).isTrue();
  }

  @Test
  void aUnixDomainSocketIsMatchedByItsPath() throws PolicyException {
    assertThat(matches("path = '/run/*.sock'", unix("/run/docker.sock"))).isTrue();
    assertThat(matches("path = '/run/*.sock'", unix("/run/a/docker.sock"))).isFalse();
    assertThat(matches("path = ['/x', '/run/**']", unix("/run/a/docker.sock"))).isTrue();
    assertThat(matches("path = '/run/x'\nprotocol = 'unix'", unix("/run/x"))).isTrue();
    assertThat(matches("path = '/run/x'", connect("::1", 1))).isFalse();
  }

  @Test
  void anUnnamedUnixDomainSocketIsMatchedByNoPath() throws PolicyException {
    assertThat(matches("path = '/**'", unix(""))).isFalse();
    assertThat(matches("", unix(""))).isTrue();
  }

  @Test
  void rulesForTheInternetAreNotAboutUnixDomainSockets() throws PolicyException {
    assertThat(matches("host = 'example.com'", unix("/run/x"))).isFalse();
    assertThat(matches("address = 'any'", unix("/run/x"))).isFalse();
    assertThat(matches("port = '0-65535'", unix("/run/x"))).isFalse();
    assertThat(matches("protocol = ['tcp', 'udp']", unix("/run/x"))).isFalse();
    assertThat(matches("protocol = 'unix'", unix("/run/x"))).isTrue();
    assertThat(matches("protocol = 'unix'", connect("::1", 1))).isFalse();
    assertThat(matches("event = 'connect'", unix("/run/x"))).isTrue();
  }
}
