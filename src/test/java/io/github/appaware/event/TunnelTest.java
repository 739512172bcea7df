package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelTest {
  private static final Address ADDRESS = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Proxy PROXY = new Proxy("proxy.corp", ADDRESS, 3128);

  @Test
  void theProxyIsPartOfTheEndpoint() {
    Event named = Tunnel.to("a.example", 443, PROXY);
    Event literal = new Tunnel(null, List.of("b"), Address.of(new byte[16]), 80, PROXY);
    Event unknown = Tunnel.toUnknown(new Proxy(null, ADDRESS, 1080));

    assertThat(named.describe())
        .isEqualTo("connect tcp to a.example:443 through proxy proxy.corp:3128");
    assertThat(literal.describe())
        .isEqualTo("connect tcp to [::]:80 through proxy proxy.corp:3128");
    assertThat(unknown.describe())
        .isEqualTo("connect tcp to an unknown target through proxy 192.0.2.1:1080");
    assertThat(Tunnel.to("a\u001b[2J", 1, PROXY).describe()).doesNotContain("\u001b");
  }

  @Test
  void eachPartMakesAnotherEvent() {
    Tunnel event = new Tunnel(null, List.of("b"), ADDRESS, 443, PROXY);
    assertThat(event).isEqualTo(new Tunnel(null, List.of("b"), ADDRESS, 443, PROXY));
    assertThat(List.of(event.withHost("b"), event.withNames(List.of("c")))).doesNotContain(event);
    assertThat(event.withThrough(new Proxy("proxy.corp", ADDRESS, 3129))).isNotEqualTo(event);
    assertThat(event.withThrough(new Proxy("proxy.corp", null, 3128))).isNotEqualTo(event);
    assertThat(event.withPeer(Peer.UNKNOWN)).isEqualTo(event);
  }

  @Test
  void whatCanNotBeIsRejected() {
    assertThatThrownBy(() -> new Proxy(null, null, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proxy("a", null, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tunnel.to("a", 65_536, PROXY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tunnel.to(null, 443, PROXY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tunnel("a", List.of("b"), ADDRESS, 443, PROXY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
