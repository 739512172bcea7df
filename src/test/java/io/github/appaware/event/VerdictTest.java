package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private static final Event EVENT =
      new Event.Inet(
              EventKind.CONNECT, Protocol.TCP, Address.of(new byte[] {(byte) 192, 0, 2, 1}), 443)
          .withHost("example.com");

  private static final String DENIED = "appaware: connect tcp to example.com:443 denied";

  private static final Map<Reason.Kind, String> SENTENCES =
      Map.ofEntries(
          Map.entry(Reason.Kind.RULE, DENIED + " by a rule"),
          Map.entry(Reason.Kind.DEFAULT, DENIED + " by default, no rule matches"),
          Map.entry(
              Reason.Kind.NOBODY,
              DENIED + " because the policy says ask and there is no one to ask"),
          Map.entry(Reason.Kind.OBSERVED, DENIED + " in observe mode"),
          Map.entry(Reason.Kind.TIMEOUT, DENIED + " because no verdict came in time"),
          Map.entry(
              Reason.Kind.GONE, DENIED + " because the application ended before it was answered"),
          Map.entry(Reason.Kind.DISMISSED, DENIED + " because it was left unanswered"),
          Map.entry(Reason.Kind.UNREACHABLE, DENIED + ": server unreachable"),
          Map.entry(Reason.Kind.UNRECORDED, DENIED + " because the record can't be written"),
          Map.entry(Reason.Kind.INTERNAL, DENIED + " because of an internal error"),
          Map.entry(Reason.Kind.BLIND, DENIED + " by option --blind"),
          Map.entry(Reason.Kind.ANSWER, DENIED + " by an answer"),
          Map.entry(Reason.Kind.UNANSWERED, DENIED + " because no one answered in time"),
          Map.entry(Reason.Kind.FLOOD, DENIED + " because too many questions wait"),
          Map.entry(Reason.Kind.PROTECTED, DENIED + " because it belongs to appaware"),
          Map.entry(Reason.Kind.CHANGED, DENIED + " because the path changed after it was judged"),
          Map.entry(
              Reason.Kind.MALFORMED,
              DENIED + " because it is not a host name or an address in its usual form"),
          Map.entry(Reason.Kind.TEST, DENIED + " because the test does not allow it"),
          Map.entry(
              Reason.Kind.REFUSED, DENIED + " because the decision server refuses this process"),
          Map.entry(Reason.Kind.GUARDED, DENIED + " because the guard judges its network calls"),
          Map.entry(Reason.Kind.PASSED, DENIED + " as the agent in its process was allowed"),
          Map.entry(Reason.Kind.RESOLVER, DENIED + " because it belongs to a look-up"),
          Map.entry(Reason.Kind.WOULD_DENY, DENIED + " in audit mode, would be denied"),
          Map.entry(Reason.Kind.WOULD_ASK, DENIED + " in audit mode, would be asked about"));

  @ParameterizedTest
  @EnumSource
  void aDenialSaysWhyInAWholeSentence(Reason.Kind kind) {
    assertThat(Verdict.denied(kind).describe(EVENT)).isEqualTo(SENTENCES.get(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RULE    | no-telemetry | policy.toml:12 | by rule \"no-telemetry\" (policy.toml:12)",
        "RULE    | no-telemetry |                | by rule \"no-telemetry\"",
        "RULE    |              | policy.toml:12 | by a rule (policy.toml:12)",
        "DEFAULT |              | policy.toml:3  | by default, no rule matches (policy.toml:3)",
        "ANSWER  |              | alice          | by an answer of alice",
        "WOULD_DENY | no-telemetry | policy.toml:12 | in audit mode, would be denied by rule \"no-telemetry\" (policy.toml:12)",
        "WOULD_ASK |            | policy.toml:3  | in audit mode, would be asked about (policy.toml:3)",
      })
  void theDecidingTextIsNamed(Reason.Kind kind, String rule, String at, String words) {
    Verdict denial = new Verdict(false, new Reason(kind, rule, at), Verdict.Reuse.ENDPOINT, 1);

    assertThat(denial.describe(EVENT)).isEqualTo(DENIED + " " + words);
  }

  @Test
  void whatIsAllowedSaysSoToo() {
    Verdict allowed =
        new Verdict(true, new Reason(Reason.Kind.RULE, "web", "p:1"), Verdict.Reuse.ENDPOINT, 1);

    assertThat(allowed.describe(EVENT))
        .isEqualTo("appaware: connect tcp to example.com:443 allowed by rule \"web\" (p:1)");
  }

  @Test
  void aDenialThatNoPolicyMadeIsNotReused() {
    assertThat(Verdict.denied(Reason.Kind.TIMEOUT))
        .isEqualTo(new Verdict(false, Reason.of(Reason.Kind.TIMEOUT), Verdict.Reuse.NOTHING, 0));
  }

  @ParameterizedTest
  @EnumSource
  void theRecordNamesAKindInLowerCase(Reason.Kind kind) {
    assertThat(kind.label().replace('-', '_')).isEqualToIgnoringCase(kind.name());
    assertThat(kind.label()).isLowerCase();
  }
}
