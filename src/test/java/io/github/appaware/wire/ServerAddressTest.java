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
        .hasMessage("`` is no server address: write `tls://HOST:PORT` or `unix:PATH`");
  }

  @ParameterizedTest
  @CsvSource({
    "'', `` is no server address: write `tls://HOST:PORT` or `unix:PATH`",
    "a:1, `a:1` is no server address: write `tls://HOST:PORT` or `unix:PATH`",
    "http://a:1, `http://a:1` is no server address: write `tls://HOST:PORT` or `unix:PATH`",
    "tcp://a:1, `tcp://a:1` is no server address: write `tls://HOST:PORT` or `unix:PATH`",
    "tls://a, `tls://a` has no port: write `tls://HOST:PORT`",
    "tls://[::1], `tls://[::1]` has no port: write `tls://HOST:PORT`",
    "tls://:1, `tls://:1` has no host: write `tls://HOST:PORT`",
    "tls://a:, '`tls://a:` has the port ``, which is not between 1 and 65535'",
    "tls://a:0, '`tls://a:0` has the port `0`, which is not between 1 and 65535'",
    "tls://a:65536, '`tls://a:65536` has the port `65536`, which is not between 1 and 65535'",
    "tls://a:1/, '`tls://a:1/` has the port `1/`, which is not between 1 and 65535'",
    "tls://a:+1, '`tls://a:+1` has the port `+1`, which is not between 1 and 65535'",
    "tls://::1:7, `tls://::1:7` has an IPv6 address without brackets: write"
        + " `tls://[ADDRESS]:PORT`",
    "tls://[::g]:1, `tls://[::g]:1` has no IPv6 address in `::g`",
    "tls://[fe80::1%eth0]:1, `tls://[fe80::1%eth0]:1` has no IPv6 address in `fe80::1%eth0`",
    "tls://[1.2.3.4]:1, `tls://[1.2.3.4]:1` has no IPv6 address in `1.2.3.4`",
    "tls://a b:1, `tls://a b:1` has no host name in `a b`",
    "tls://u@a:1, `tls://u@a:1` has no host name in `u@a`",
    "tls://../a:1, `tls://../a:1` has no host name in `../a`",
    "tls://.:1, `tls://.:1` has no host name in `.`",
    "unix:, `unix:` has no path: write `unix:PATH`",
  })
  void aMistakeIsNamed(String text, String message) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
