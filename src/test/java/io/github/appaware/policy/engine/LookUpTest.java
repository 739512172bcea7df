package io.github.appaware.policy.engine;

import static io.github.appaware.policy.Fixtures.matches;
import static io.github.appaware.policy.Fixtures.resolve;
import static io.github.appaware.policy.Fixtures.reverse;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PolicyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookUpTest {
  @ParameterizedTest
  @ValueSource(strings = {"allow", "deny", "ask"})
  void aRuleForAHostAloneCoversItsLookUp(String action) throws PolicyException {
    String rule = "action = '" + action + "'\nhost = 'example.com'";
    assertThat(matches(rule, resolve("example.com"))).isTrue();
    assertThat(matches(rule, resolve("example.org"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"port = 443", "protocol = 'tcp'", "address = '192.0.2.0/24'"})
  void anAllowRuleForAHostAllowsItsLookUpHoweverNarrowItIs(String key) throws PolicyException {
    assertThat(matches("host = 'example.com'\n" + key, resolve("example.com"))).isTrue();
    assertThat(matches("host = 'example.com'\n" + key, resolve("example.org"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"port = 25", "protocol = 'tcp'", "address = '192.0.2.0/24'"})
  void aDenyOrAskRuleNarrowerThanTheHostLeavesItsLookUpAlone(String key) throws PolicyException {
    for (String action : new String[] {"action = 'deny'\n", "action = 'ask'\n"}) {
      String rule = action + "host = 'example.com'\n" + key;
      assertThat(matches(rule, resolve("example.com"))).isFalse();
      assertThat(matches(rule + "\nevent = ['resolve', 'connect']", resolve("example.com")))
          .isTrue();
    }
  }

  @Test
  void anEventKeyWithoutResolveTakesTheLookUpOut() throws PolicyException {
    String rule = "host = 'example.com'\nevent = 'connect'";
    assertThat(matches(rule, resolve("example.com"))).isFalse();
    assertThat(matches("event = 'bind'", resolve("example.com"))).isFalse();
  }

  @Test
  void aRuleWithoutMatchersCoversEveryLookUp() throws PolicyException {
    assertThat(matches("", resolve("example.com"))).isTrue();
    assertThat(matches("", reverse("192.0.2.1"))).isTrue();
    assertThat(matches("event = 'resolve'", resolve("example.com"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"address = 'any'", "port = 53", "protocol = 'udp'", "path = '/run/x'"})
  void aRuleForSomethingElseDoesNotCoverTheLookUpOfAName(String key) throws PolicyException {
    assertThat(matches(key, resolve("example.com"))).isFalse();
    assertThat(matches("action = 'deny'\n" + key, resolve("example.com"))).isFalse();
  }

  @Test
  void anAddressCoversItsReverseLookUp() throws PolicyException {
    assertThat(matches("address = '192.0.2.0/24'", reverse("192.0.2.1"))).isTrue();
    assertThat(matches("address = '192.0.2.0/24'", reverse("198.51.100.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"port = 53", "protocol = 'udp'", "host = '*.example.com'"})
  void anAddressAndMoreDoesNotCoverTheReverseLookUp(String key) throws PolicyException {
    assertThat(matches("address = 'any'\n" + key, reverse("192.0.2.1"))).isFalse();
    assertThat(matches(key, reverse("192.0.2.1"))).isFalse();
  }

  @Test
  void namesAreComparedInNormalFormEvenIfTheEventIsNot() throws PolicyException {
    Policy policy =
        Fixtures.rule("action = 'deny'\nhost = ['example.com', 'xn--bcher-kva.example']");
    for (String name : new String[] {"EXAMPLE.com", "example.com.", "b\u00fccher.example"}) {
      assertThat(Fixtures.decide(policy, resolve(name))).as(name).isEqualTo(Action.DENY);
      assertThat(Fixtures.decide(policy, Fixtures.connect("192.0.2.1", 80, "other", name)))
          .as(name)
          .isEqualTo(Action.DENY);
    }
    assertThat(Fixtures.decide(policy, resolve("..\u00fc.."))).isEqualTo(Action.ASK);
  }
}
