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
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::0a01:0203, private",
    "64:ff9b::a9fe:a9fe, metadata",
    "64:ff9b::7f00:1, loopback",
    "64:ff9b:1::0a01:0203, private",
    "64:ff9b:1:a01:2:300::, private",
    "64:ff9b:1:a:1:203::, private",
    "64:ff9b:1:0:a:102:300:0, private",
    "2002:a9fe:a9fe::1, metadata",
    "2002:a9fe:1::1, link-local",
    "2002:0a01:0203::1, 10.1.2.3",
    "2001:0:c000:201::f5fe:fdfc, 10.0.0.0/8",
    "2001:0:a01:203::ffff:ffff, 10.0.0.0/8",
    "::7f00:1, loopback",
    "::a01:203, private",
    "::ffff:0:a01:203, private",
    "2001:db8::5efe:a01:203, private",
    "2001:db8::200:5efe:a01:203, private"
  })
  void anAddressInsideAnotherIsDeniedButNotAllowed(String outer, String inner)
      throws PolicyException {
    String address = "address = '" + inner + "'";
    assertThat(matches(address, connect(outer, 1))).isFalse();
    assertThat(matches("action = 'deny'\n" + address, connect(outer, 1))).isTrue();
    assertThat(matches("action = 'ask'\n" + address, connect(outer, 1))).isTrue();
    assertThat(matches("address = '" + outer + "'", connect(outer, 1))).isTrue();
    assertThat(matches("action = 'deny'\naddress = '192.0.2.77'", connect(outer, 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "fe80::a01:203",
        "2001:db8::a01:203",
        "2003:a01:203::",
        "64:ff9b:2::a01:203"
      })
  void otherAddressesHaveNoneInside(String outer) throws PolicyException {
    assertThat(matches("action = 'deny'\naddress = '10.0.0.0/8'", connect(outer, 1))).isFalse();
    assertThat(matches("action = 'deny'\naddress = '0.0.0.0/0'", connect(outer, 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void everyLocalAddressIsOneAddress(String wildcard) throws PolicyException {
    Event listen = inet(EventKind.LISTEN, wildcard, 8080);
    assertThat(listen.describe()).isEqualTo("listen tcp on 0.0.0.0:8080");
    assertThat(matches("address = '0.0.0.0'", listen)).isTrue();
    assertThat(matches("address = '::'", listen)).isTrue();
    assertThat(matches("address = '::/0'", listen)).isTrue();
    assertThat(matches("action = 'deny'\naddress = '::'", listen)).isTrue();
    assertThat(matches("action = 'deny'\naddress = 'loopback'", listen)).isFalse();
  }

  @Test
  void aPortThatTheSystemChoseIsMatchedByThatAndByItsNumber() throws PolicyException {
    Event.Inet listen = (Event.Inet) inet(EventKind.LISTEN, "127.0.0.1", 40_000);
    assertThat(matches("port = 'ephemeral'", listen.asEphemeral())).isTrue();
    assertThat(matches("port = '40000-40009'", listen.asEphemeral())).isTrue();
    assertThat(matches("action = 'deny'\nport = 40000", listen.asEphemeral())).isTrue();
    assertThat(matches("port = ['ephemeral', '80']", listen)).isFalse();
    assertThat(matches("port = 'ephemeral'", inet(EventKind.BIND, "127.0.0.1", 0))).isTrue();
    assertThat(matches("local-port = 'ephemeral'", listen.asEphemeral())).isFalse();

    Event.Inet accept = (Event.Inet) inet(EventKind.ACCEPT, "127.0.0.1", 50_000);
    Event.Inet chosen = accept.withLocalPort(40_000).asEphemeral();
    assertThat(matches("local-port = 'ephemeral'", chosen)).isTrue();
    assertThat(matches("local-port = 40000", chosen)).isTrue();
    assertThat(matches("port = 'ephemeral'", chosen)).isFalse();
    assertThat(matches("local-port = 'ephemeral'", accept.withLocalPort(40_000))).isFalse();
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
