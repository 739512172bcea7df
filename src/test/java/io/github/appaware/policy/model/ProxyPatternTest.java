package io.github.appaware.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyPatternTest {
  private static final Address INSIDE = Address.of(new byte[] {10, 1, 2, 3});
  private static final Proxy NAMED = new Proxy("proxy.corp", null, 3128);
  private static final Proxy BOTH = new Proxy("proxy.corp", INSIDE, 3128);
  private static final Proxy LITERAL = new Proxy(null, INSIDE, 1080);

  @ParameterizedTest
  @CsvSource({
    "any,               true,  true,  true",
    "unknown-target,    false, false, false",
    "proxy.corp,        true,  true,  false",
    "PROXY.corp.:3128,  true,  true,  false",
    "proxy.corp:1080,   false, false, false",
    "*.corp,            true,  true,  false",
    "*.corp:3000-4000,  true,  true,  false",
    "corp,              false, false, false",
    "10.0.0.0/8,        false, true,  true",
    "10.1.2.3:1080,     false, false, true",
    "private:3128,      false, true,  false",
    "[::1]:1080,        false, false, false",
    "::/0,              false, false, false",
  })
  void aRuleThatAllowsMatchesAProxyByItsNameOrItsAddress(
      String text, boolean named, boolean both, boolean literal) throws MalformedValue {
    ProxyPattern pattern = ProxyPattern.parse(text);
    assertThat(pattern).hasToString(text);
    assertThat(pattern.matches(behind(NAMED), Action.ALLOW)).as("named").isEqualTo(named);
    assertThat(pattern.matches(behind(BOTH), Action.ALLOW)).as("both").isEqualTo(both);
    assertThat(pattern.matches(behind(LITERAL), Action.ALLOW)).as("literal").isEqualTo(literal);
  }

  private static Tunnel behind(Proxy proxy) {
    return Tunnel.to("a.example", 443, proxy);
  }

  @Test
  void whereTheAddressIsNotKnownARuleThatDeniesMatches() throws MalformedValue {
    ProxyPattern pattern = ProxyPattern.parse("10.0.0.0/8:3128");
    assertThat(pattern.matches(behind(NAMED), Action.DENY)).isTrue();
    assertThat(pattern.matches(behind(NAMED), Action.ASK)).isTrue();
    assertThat(pattern.matches(behind(new Proxy("p", null, 1)), Action.DENY)).isFalse();
    byte[] mapped = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 2, 3};
    Proxy translated = new Proxy(null, Address.of(mapped), 3128);
    assertThat(pattern.matches(behind(translated), Action.DENY)).isTrue();
    assertThat(pattern.matches(behind(translated), Action.ALLOW)).isFalse();
  }

  @Test
  void anUnknownTargetHasAPatternOfItsOwn() throws MalformedValue {
    ProxyPattern pattern = ProxyPattern.parse("unknown-target");
    assertThat(pattern.matches(Tunnel.toUnknown(NAMED), Action.DENY)).isTrue();
    assertThat(pattern.matches(behind(NAMED), Action.DENY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 the proxy is empty",
    "http://proxy:3128,  is a URL",
    "proxy:99999,        is not a port",
    "proxy:,             is not a port",
    "pro*xy,             is not a host pattern",
    "10.0.0.1/8,         has bits set beyond its prefix",
    "1.2.3,              1.2.3",
  })
  void whatIsNoProxyIsAnError(String text, String problem) {
    assertThatThrownBy(() -> ProxyPattern.parse(text))
        .isInstanceOf(MalformedValue.class)
        .hasMessageContaining(problem);
  }

  @Test
  void theNarrowestPatternOfAProxyMatchesNoOther() throws MalformedValue {
    for (Proxy proxy : new Proxy[] {NAMED, BOTH, LITERAL}) {
      ProxyPattern pattern = ProxyPattern.parse(ProxyPattern.of(proxy));
      assertThat(pattern.isLiteral()).isTrue();
      assertThat(pattern.matches(behind(proxy), Action.ALLOW)).isTrue();
      assertThat(pattern.matches(behind(new Proxy("other.corp", null, 3128)), Action.ALLOW))
          .isFalse();
    }
    Proxy six = new Proxy(null, Address.of(new byte[16]), 1080);
    assertThat(ProxyPattern.parse(ProxyPattern.of(six)).proxy()).isEqualTo(six);
  }
}
