package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "tls://a.example:7443, a.example, 7443, tls://a.example:7443",
    "tls://A.Example.:1, a.example, 1, tls://a.example:1",
    "tls://127.0.0.1:65535, 127.0.0.1, 65535, tls://127.0.0.1:65535",
    "tls://[::1]:7443, ::1, 7443, tls://[::1]:7443",
    "tls://[0:0::0001]:7443, ::1, 7443, tls://[::1]:7443",
    "tls://[::ffff:10.0.0.1]:7443, 10.0.0.1, 7443, tls://10.0.0.1:7443",
  })
  void aRemoteServer(String text, String host, int port, String printed) {
    ServerAddress address = ServerAddress.parse(text);

    assertThat(address).isEqualTo(new ServerAddress(host, port, ""));
    assertThat(address).hasToString(printed);
    assertThat(ServerAddress.parse(printed)).isEqualTo(address);
    assertThat(address.isUnix()).isFalse();
  }

  @Test
  void aServerOnThisMachine() {
    ServerAddress address = ServerAddress.parse("unix:/run/a:b");

    assertThat(address).isEqualTo(new ServerAddress("", 0, "/run/a:b"));
    assertThat(address).hasToString("unix:/run/a:b");
    assertThat(address.isUnix()).isTrue();
  }

  @Test
  void severalServers() {
    assertThat(ServerAddress.parseAll("tls://a:1, tls://b:2,unix:/x,tls://A:1"))
        .isEqualTo(
            List.of(
                new ServerAddress("a", 1, ""),
                new ServerAddress("b", 2, ""),
                new ServerAddress("", 0, "/x")));
    assertThatThrownBy(() -> ServerAddress.parseAll("tls://a:1,"))
        .hasMessage("invalid server address ``: expected `tls://HOST:PORT` or `unix:PATH`");
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid server address ``: expected `tls://HOST:PORT` or `unix:PATH`",
    "a:1, invalid server address `a:1`: expected `tls://HOST:PORT` or `unix:PATH`",
    "http://a:1, invalid server address `http://a:1`: expected `tls://HOST:PORT` or `unix:PATH`",
    "tcp://a:1, invalid server address `tcp://a:1`: expected `tls://HOST:PORT` or `unix:PATH`",
    "tls://a, `tls://a` has no port: expected `tls://HOST:PORT`",
    "tls://[::1], `tls://[::1]` has no port: expected `tls://HOST:PORT`",
    "tls://:1, `tls://:1` has no host: expected `tls://HOST:PORT`",
    "tls://a:, 'invalid port `` in `tls://a:`: expected 1 to 65535'",
    "tls://a:0, 'invalid port `0` in `tls://a:0`: expected 1 to 65535'",
    "tls://a:65536, 'invalid port `65536` in `tls://a:65536`: expected 1 to 65535'",
    "tls://a:1/, 'invalid port `1/` in `tls://a:1/`: expected 1 to 65535'",
    "tls://a:+1, 'invalid port `+1` in `tls://a:+1`: expected 1 to 65535'",
    "tls://::1:7, IPv6 address without brackets in `tls://::1:7`: expected"
        + " `tls://[ADDRESS]:PORT`",
    "tls://[::g]:1, invalid IPv6 address `::g` in `tls://[::g]:1`",
    "tls://[fe80::1%eth0]:1, invalid IPv6 address `fe80::1%eth0` in `tls://[fe80::1%eth0]:1`",
    "tls://[1.2.3.4]:1, invalid IPv6 address `1.2.3.4` in `tls://[1.2.3.4]:1`",
    "tls://a b:1, invalid host name `a b` in `tls://a b:1`",
    "tls://u@a:1, invalid host name `u@a` in `tls://u@a:1`",
    "tls://../a:1, invalid host name `../a` in `tls://../a:1`",
    "tls://.:1, invalid host name `.` in `tls://.:1`",
    "unix:, `unix:` has no path: expected `unix:PATH`",
  })
  void aMistakeIsNamed(String text, String message) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
