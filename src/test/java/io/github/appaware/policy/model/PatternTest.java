package io.github.appaware.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Address;
import io.github.appaware.policy.Fixtures;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single values: hosts, addresses, ports. */
class PatternTest {
  @ParameterizedTest
  @CsvSource({
    "Example.COM, example.com",
    "example.com., example.com",
    "*.Example.com., *.example.com",
    "b\u00fccher.example, xn--bcher-kva.example",
    "\uff45xample\u3002com, example.com",
    "example.com\u3002, example.com",
    "my_service, my_service",
    "1e100.net, 1e100.net",
    "localhost, localhost",
    "*.com, *.com",
  })
  void hostsAreReadIntoTheirNormalForm(String text, String normal) throws MalformedValue {
    assertThat(HostPattern.parse(text)).hasToString(normal);
  }

  @Test
  void aStarIsEveryNameBelowAndNotTheNameItself() throws MalformedValue {
    HostPattern pattern = HostPattern.parse("*.example.com");
    assertThat(pattern.matches("a.example.com")).isTrue();
    assertThat(pattern.matches("a.b.example.com")).isTrue();
    assertThat(pattern.matches("example.com")).isFalse();
    assertThat(pattern.matches(".example.com")).isFalse();
    assertThat(pattern.matches("badexample.com")).isFalse();
    assertThat(pattern.matches("a.example.com.evil.org")).isFalse();
    assertThat(pattern.matches("")).isFalse();
    assertThat(HostPattern.parse("example.com").matches("a.example.com")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "**",
        "a.*",
        "a.*.b",
        "*a.b",
        "*.*.b",
        ".",
        "..",
        ".a",
        "a..b",
        "a b",
        "a:b",
        "a:443",
        "http://a",
        "a/b",
        "1.2.3.4",
        "1.2.3",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "1.2.3.4/8",
        "::1",
        "[::1]",
        "[::1]:80",
        "fe80::1%eth0",
        "*.1.2.3",
        "\uff11.2.3.4",
        "a@b",
        "a..\u00fc",
        "a\u3002\u3002b",
        "\u00ad.com",
        "fa\u00df.de",
        "a\u0000"
      })
  void whatIsNoHostIsRefused(String text) {
    assertThatThrownBy(() -> HostPattern.parse(text)).isInstanceOf(MalformedValue.class);
  }

  @Test
  void hostsHaveTheLengthsOfTheNameSystem() throws MalformedValue {
    String label = "a".repeat(63);
    String longest = (label + ".").repeat(3) + "a".repeat(61);
    assertThat(HostPattern.parse(longest).name()).hasSize(253);
    assertThatThrownBy(() -> HostPattern.parse(longest + "a")).isInstanceOf(MalformedValue.class);
    assertThatThrownBy(() -> HostPattern.parse(label + "a")).isInstanceOf(MalformedValue.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "1::, 1::",
    "::1, ::1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "::ffff:1.2.3.4, 1.2.3.4",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304",
    "10.0.0.0/8, 10.0.0.0/8",
    "10.1.2.3/32, 10.1.2.3",
    "0.0.0.0/0, 0.0.0.0/0",
    "::/0, ::/0",
    "fe80::/10, fe80::/10",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "metadata, metadata",
  })
  void addressesAreReadIntoTheirNormalForm(String text, String normal) throws MalformedValue {
    assertThat(AddressPattern.parse(text)).hasToString(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.-4",
        "1.2.3.4 ",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "\u0661.2.3.4",
        "1.2.3.4:80",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1::2::3",
        "12345::",
        "g::",
        "::1%eth0",
        "[::1]",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.4.5",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:",
        "::\uff11",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "::/129",
        "::ffff:10.0.0.0/90",
        "/8",
        "example.com",
        "Loopback",
        "everything",
        "10.0.0.0/8/8"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> AddressPattern.parse(text)).isInstanceOf(MalformedValue.class);
  }

  @ParameterizedTest
  @CsvSource({
    "loopback, 127.0.0.1 127.255.255.254 ::1, 126.0.0.1 0.0.0.0 ::",
    "private, 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 fd00::1, 172.32.0.1 100.64.0.1 fe80::1",
    "link-local, 169.254.0.1 fe80::1 febf::1, 169.253.0.1 fec0::1",
    "multicast, 224.0.0.1 239.255.255.255 ff02::1, 240.0.0.1 255.255.255.255",
    "metadata, 169.254.169.254 fd00:ec2::254 100.100.100.200 168.63.129.16, 169.254.169.253",
    "any, 0.0.0.0 255.255.255.255 :: ffff:: ::ffff:1.2.3.4, ",
  })
  void namedSetsHaveTheirMembers(String set, String members, String others) throws MalformedValue {
    AddressPattern pattern = AddressPattern.parse(set);
    assertThat(members.split(" ", -1)).allMatch(m -> pattern.matches(Fixtures.address(m)));
    if (others != null) {
      assertThat(others.split(" ", -1)).noneMatch(m -> pattern.matches(Fixtures.address(m)));
    }
  }

  /** The JDK reads what is surely a literal the same way. */
  @ParameterizedTest
  @ValueSource(strings = {"::", "1::8", "::2:3", "1:2::7:8", "2001:db8::1.2.3.4", "::ffff:1.2.3.4"})
  void theJdkAgrees(String literal) throws Exception {
    assertThat(Address.of(AddressLiteral.parse(literal)))
        .isEqualTo(Address.of(InetAddress.getByName(literal).getAddress()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "-1", "65536", "080", "1-", "-1-2", "2-1", "1-2-3", "1 - 2", "http", "+1"
      })
  void whatIsNoPortIsRefused(String text) {
    assertThatThrownBy(() -> PortRange.parse(text)).isInstanceOf(MalformedValue.class);
  }
}
