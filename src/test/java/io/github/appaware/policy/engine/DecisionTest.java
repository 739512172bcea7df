package io.github.appaware.policy.engine;

import static io.github.appaware.policy.Fixtures.APP;
import static io.github.appaware.policy.Fixtures.NOW;
import static io.github.appaware.policy.Fixtures.connect;
import static io.github.appaware.policy.Fixtures.decide;
import static io.github.appaware.policy.Fixtures.policy;
import static io.github.appaware.policy.Fixtures.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.PolicyException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final Event EVENT = connect("192.0.2.1", 443, "example.com");

  @Test
  void withoutAMatchingRuleTheDefaultDecides() throws PolicyException {
    assertThat(policy().decide(APP, EVENT, Origin.UNKNOWN, NOW))
        .isEqualTo(
            new Decision(Action.ASK, Reason.of(Reason.Kind.DEFAULT), Verdict.Reuse.ENDPOINT));
    assertThat(policy("[default]", "unknown = 'deny'").decide(APP, EVENT, Origin.UNKNOWN, NOW))
        .isEqualTo(
            new Decision(
                Action.DENY,
                new Reason(Reason.Kind.DEFAULT, "", "p.toml:3"),
                Verdict.Reuse.ENDPOINT));
  }

  @Test
  void theReasonNamesTheRuleAndTheLineOfItsHeader() throws PolicyException {
    assertThat(
            policy("", "  [[rule]]", "id = 'r'", "action = 'deny'")
                .decide(APP, EVENT, Origin.UNKNOWN, NOW))
        .isEqualTo(
            new Decision(
                Action.DENY,
                new Reason(Reason.Kind.RULE, "r", "p.toml:3"),
                Verdict.Reuse.ENDPOINT));
    assertThat(rule("action = 'ask'").decide(APP, EVENT, Origin.UNKNOWN, NOW))
        .isEqualTo(
            new Decision(
                Action.ASK, new Reason(Reason.Kind.RULE, "", "p.toml:2"), Verdict.Reuse.ENDPOINT));
  }

  @Test
  void denyBeatsAllowBeatsAsk() throws PolicyException {
    String ask = "[[rule]]\naction = 'ask'\n";
    String allow = "[[rule]]\naction = 'allow'\n";
    String deny = "[[rule]]\naction = 'deny'\n";
    assertThat(decide(policy(ask, allow), EVENT)).isEqualTo(Action.ALLOW);
    assertThat(decide(policy(allow, ask), EVENT)).isEqualTo(Action.ALLOW);
    assertThat(decide(policy(ask, deny, allow), EVENT)).isEqualTo(Action.DENY);
    assertThat(decide(policy(deny, ask), EVENT)).isEqualTo(Action.DENY);
  }

  @Test
  void theHighestPriorityBeatsEveryAction() throws PolicyException {
    String deny = "[[rule]]\naction = 'deny'\n";
    String allow = "[[rule]]\naction = 'allow'\npriority = 1\n";
    String ask = "[[rule]]\naction = 'ask'\npriority = 1000\n";
    assertThat(decide(policy(deny, allow), EVENT)).isEqualTo(Action.ALLOW);
    assertThat(decide(policy(allow, deny), EVENT)).isEqualTo(Action.ALLOW);
    assertThat(decide(policy(allow, ask, deny), EVENT)).isEqualTo(Action.ASK);
    assertThat(decide(policy("[[rule]]\naction = 'deny'\npriority = -1000\n", allow), EVENT))
        .isEqualTo(Action.ALLOW);
  }

  @Test
  void aHigherPriorityCountsOnlyWhereItMatches() throws PolicyException {
    String deny = "[[rule]]\naction = 'deny'\n";
    String allow = "[[rule]]\naction = 'allow'\npriority = 1\nport = 80\n";
    assertThat(decide(policy(allow, deny), EVENT)).isEqualTo(Action.DENY);
  }

  @Test
  void amongEqualsTheFirstGivesTheReason() throws PolicyException {
    Policy policy = policy("[[rule]]", "action = 'deny'", "[[rule]]", "action = 'deny'");
    assertThat(policy.decide(APP, EVENT, Origin.UNKNOWN, NOW).reason().at()).isEqualTo("p.toml:2");
  }

  @Test
  void aRuleIsGoneFromTheInstantItExpires() throws PolicyException {
    Policy policy = rule("action = 'deny'", "expires = 2026-06-01T14:00:00+02:00");
    Instant expiry = Instant.parse("2026-06-01T12:00:00Z");
    assertThat(policy.decide(APP, EVENT, Origin.UNKNOWN, expiry.minusNanos(1)).action())
        .isEqualTo(Action.DENY);
    assertThat(policy.decide(APP, EVENT, Origin.UNKNOWN, expiry).action()).isEqualTo(Action.ASK);
    assertThat(policy.decide(APP, EVENT, Origin.UNKNOWN, expiry.plusNanos(1)).action())
        .isEqualTo(Action.ASK);
  }

  @Test
  void aRuleForAnAppIsAboutThatIdAlone() throws PolicyException {
    Policy policy =
        policy("[[app]]\nid = 'billing'\nfile = 'b'", "[[rule]]\naction = 'deny'\napp = 'billing'");
    assertThat(policy.decide(APP.withId("billing"), EVENT, Origin.UNKNOWN, NOW).action())
        .isEqualTo(Action.DENY);
    assertThat(policy.decide(APP.withId("other"), EVENT, Origin.UNKNOWN, NOW).action())
        .isEqualTo(Action.ASK);
    assertThat(policy.decide(APP, EVENT, Origin.UNKNOWN, NOW).action()).isEqualTo(Action.ASK);
  }

  @Test
  void theSampleOfTheDesignDecidesAsItSays() throws PolicyException {
    Policy policy =
        policy(
            "[[rule]]",
            "action = 'allow'",
            "event = ['resolve', 'connect']",
            "host = ['repo1.maven.org', '*.example.com']",
            "port = [443, '8000-8099']",
            "protocol = 'tcp'",
            "[[rule]]",
            "action = 'deny'",
            "address = ['metadata', 'link-local', '10.0.0.0/8']");
    assertThat(decide(policy, Fixtures.resolve("repo1.maven.org"))).isEqualTo(Action.ALLOW);
    assertThat(decide(policy, connect("192.0.2.1", 443, "a.example.com"))).isEqualTo(Action.ALLOW);
    assertThat(decide(policy, connect("10.0.0.1", 443, "a.example.com"))).isEqualTo(Action.DENY);
    assertThat(decide(policy, connect("192.0.2.1", 443, "example.com"))).isEqualTo(Action.ASK);
    assertThat(decide(policy, connect("192.0.2.1", 22, "a.example.com"))).isEqualTo(Action.ASK);
  }
}
