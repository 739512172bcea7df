package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Event;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClock;
import io.github.appaware.testkit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivePolicyTest {
  private static final String RULES =
      """
      [[rule]]
      id = 'yes'
      action = 'allow'
      host = 'yes.example'
      [[rule]]
      id = 'no'
      action = 'deny'
      host = 'no.example'
      [[rule]]
      id = 'maybe'
      action = 'ask'
      host = 'maybe.example'
      """;

  private final FakeClock clock = new FakeClock();

  @ParameterizedTest(name = "{0}, unknown = {1}, {2}: allowed {3}, {4}")
  @CsvSource({
    "ENFORCE, ask,   yes,   true,  RULE,     yes,   p.toml:4",
    "ENFORCE, ask,   no,    false, RULE,     no,    p.toml:8",
    "ENFORCE, ask,   maybe, false, NOBODY,   maybe, p.toml:12",
    "ENFORCE, ask,   other, false, NOBODY,   '',    p.toml:3",
    "ENFORCE, deny,  other, false, DEFAULT,  '',    p.toml:3",
    "ENFORCE, allow, other, true,  DEFAULT,  '',    p.toml:3",
    "ENFORCE, allow, no,    false, RULE,     no,    p.toml:8",
    "ENFORCE, allow, maybe, false, NOBODY,   maybe, p.toml:12",
    "OBSERVE, ask,   yes,   true,  RULE,     yes,   p.toml:4",
    "OBSERVE, ask,   no,    false, RULE,     no,    p.toml:8",
    "OBSERVE, ask,   maybe, true,  OBSERVED, '',    ''",
    "OBSERVE, ask,   other, true,  OBSERVED, '',    ''",
    "OBSERVE, deny,  other, true,  OBSERVED, '',    ''",
    "OBSERVE, allow, other, true,  DEFAULT,  '',    p.toml:3",
    "AUDIT,   ask,   yes,   true,  RULE,     yes,   p.toml:4",
    "AUDIT,   ask,   no,    true,  WOULD_DENY, no,  p.toml:8",
    "AUDIT,   ask,   maybe, true,  WOULD_ASK, maybe, p.toml:12",
    "AUDIT,   ask,   other, true,  WOULD_ASK, '',   p.toml:3",
    "AUDIT,   deny,  other, true,  WOULD_DENY, '',  p.toml:3",
    "AUDIT,   allow, other, true,  DEFAULT,  '',    p.toml:3",
  })
  void theModeSettlesOnlyWhatNoRuleDecides(
      Mode mode,
      String unknown,
      String host,
      boolean allowed,
      Reason.Kind kind,
      String rule,
      String at)
      throws PolicyException {
    Policy policy = Samples.policy("[default]", "unknown = '" + unknown + "'", RULES);

    assertThat(verdict(new ActivePolicy(policy, mode, BlindMode.DENY, clock), host))
        .isEqualTo(new Verdict(allowed, new Reason(kind, rule, at), Verdict.Reuse.ENDPOINT, 1));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyPolicyLetsNothingPassUnlessTheRunIsThereToSeeIt(Mode mode) throws PolicyException {
    assertThat(
            verdict(new ActivePolicy(Samples.policy(), mode, BlindMode.DENY, clock), "other")
                .allowed())
        .isEqualTo(mode == Mode.OBSERVE || mode == Mode.AUDIT);
  }

  @Test
  void anotherPolicyHasTheNextEpoch() throws PolicyException {
    ActivePolicy activePolicy =
        new ActivePolicy(Samples.policy(), Mode.ENFORCE, BlindMode.ALLOW, clock);
    assertThat(activePolicy.epoch()).isEqualTo(1);

    Policy next = Samples.policy(RULES);
    assertThat(activePolicy.replace(next)).isEqualTo(2);

    assertThat(activePolicy.policy()).isSameAs(next);
    assertThat(activePolicy.epoch()).isEqualTo(2);
    assertThat(verdict(activePolicy, "yes").epoch()).isEqualTo(2);
    assertThat(verdict(activePolicy, "yes").allowed()).isTrue();
  }

  @Test
  void rulesExpireByTheClock() throws PolicyException {
    Policy policy =
        Samples.policy("[[rule]]", "action = 'allow'", "expires = 2026-06-01T12:00:05Z");
    ActivePolicy activePolicy = new ActivePolicy(policy, Mode.ENFORCE, BlindMode.ALLOW, clock);
    assertThat(verdict(activePolicy, "other").allowed()).isTrue();

    clock.advance(Duration.ofSeconds(5));

    assertThat(verdict(activePolicy, "other").allowed()).isFalse();
  }

  @Test
  void anApplicationGetsTheIdOfThePolicyInForce() throws PolicyException {
    ActivePolicy activePolicy =
        new ActivePolicy(Samples.policy(), Mode.ENFORCE, BlindMode.ALLOW, clock);
    assertThat(activePolicy.match(Samples.APP).id()).isEmpty();

    activePolicy.replace(Samples.policy("[[app]]", "id = 'billing'", "file = 'app.jar'"));

    assertThat(activePolicy.match(Samples.APP).id()).isEqualTo("billing");
  }

  private static Verdict verdict(ActivePolicy activePolicy, String host) {
    return activePolicy
        .decide(Samples.APP, Samples.connect(host + ".example"), Origin.UNKNOWN)
        .verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "ENFORCE, ALLOW, true",
    "OBSERVE, ALLOW, true",
    "ENFORCE, DENY, false",
    "OBSERVE, DENY, false",
  })
  void whatLeavesSightIsDecidedByTheOptionWhateverThePolicyAndTheMode(
      Mode mode, BlindMode blind, boolean allowed) throws PolicyException {
    Event event = new Event.Blind(Event.Blind.Way.PROCESS, "/bin/sh -c ls");

    Verdict verdict =
        new ActivePolicy(Samples.policy(), mode, blind, clock)
            .decide(Samples.APP, event, Origin.UNKNOWN)
            .verdict();

    assertThat(verdict)
        .isEqualTo(new Verdict(allowed, Reason.of(Reason.Kind.BLIND), Verdict.Reuse.NOTHING, 1));
    assertThat(verdict.describe(event))
        .isEqualTo(
            "appaware: blind process /bin/sh -c ls "
                + (allowed ? "allowed" : "denied")
                + " by option --blind");
  }
}
