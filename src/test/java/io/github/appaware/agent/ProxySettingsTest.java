package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
  private static final Address ADDRESS = Address.of(new byte[] {10, 1, 2, 3});

  @ParameterizedTest
  @CsvSource({
    "proxy.corp,                            proxy.corp:80",
    "http://proxy.corp:3128/,               proxy.corp:3128",
    "http://joe:hu@sh@PROXY.corp:3128,      proxy.corp:3128",
    "https://proxy.corp,                    proxy.corp:443",
    "socks5h://10.1.2.3,                    10.1.2.3:1080",
    "[::1]:3128,                            [::1]:3128",
    "http://[::1],                          [::1]:80",
    "proxy.corp:99999,                      proxy.corp:80",
  })
  void aVariableNamesAProxyInTheFormsThatAreInUse(String value, String endpoint) {
    assertThat(ProxySettings.parse(value).endpoint()).isEqualTo(endpoint);
  }

  @Test
  void aVariableWithoutAHostNamesNone() {
    assertThat(ProxySettings.parse("")).isNull();
    assertThat(ProxySettings.parse("http://")).isNull();
  }

  @Test
  void aConnectIsToAProxyByTheNameThatWasAskedForOrByItsAddress() {
    Event.Inet literal = new Event.Inet(EventKind.CONNECT, Protocol.TCP, ADDRESS, 3128);
    Proxy named = new Proxy("proxy.corp", null, 3128);
    assertThat(ProxySettings.isTo(literal.withHost("proxy.corp"), named)).isTrue();
    assertThat(ProxySettings.isTo(literal.withNames(List.of("x", "proxy.corp")), named)).isTrue();
    assertThat(ProxySettings.isTo(literal.withHost("other.corp"), named)).isFalse();
    assertThat(ProxySettings.isTo(literal, new Proxy("other.corp", ADDRESS, 3128))).isTrue();
    assertThat(ProxySettings.isTo(literal, new Proxy(null, ADDRESS, 3129))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "[2001:db8::1], 2001:db8::1",
    "2001:db8::1, 2001:db8::1",
    "fe80::1%eth0, fe80::1",
    "::ffff:10.1.2.3, 10.1.2.3",
  })
  void anAddressAsTextIsTheAddress(String text, String address) {
    assertThat(AddressText.parse(text)).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({
    "127.1",
    "0x7f.1",
    "2130706433",
    "010.0.0.1",
    "256.1.1.1",
    "1.2.3.4.5",
    "1..2.3",
    "a.example",
    "''",
    "1.2.3.4:80",
    "gg::1",
    "[::1",
    "1:2"
  })
  void whatReadersDifferAboutIsNone(String text) {
    assertThat(AddressText.parse(text)).isNull();
  }
}
