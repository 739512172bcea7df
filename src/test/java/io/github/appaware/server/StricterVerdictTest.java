package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.event.Verdict.Reuse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StricterVerdictTest {
  @ParameterizedTest(name = "here {0} and above {1} is {2}")
  @CsvSource({
    "allow ENDPOINT,             allow ENDPOINT,             allow ENDPOINT             above",
    "allow PEER,                 allow PEER,                 allow PEER                 above",
    "allow PEER,                 allow ENDPOINT,             allow ENDPOINT             above",
    "allow PEER_FROM_ORIGIN,     allow PEER,                 allow PEER_FROM_ORIGIN     above",
    "allow PEER,                 allow ENDPOINT_FROM_ORIGIN, allow ENDPOINT_FROM_ORIGIN above",
    "allow ENDPOINT,             allow NOTHING,              allow NOTHING              above",
    "allow NOTHING,              allow PEER,                 allow NOTHING              above",
    "allow PEER,                 deny ENDPOINT,              deny ENDPOINT              above",
    "allow ENDPOINT_FROM_ORIGIN, deny PEER,                  deny ENDPOINT_FROM_ORIGIN  above",
    "allow NOTHING,              deny ENDPOINT,              deny NOTHING               above",
    "deny ENDPOINT,              allow NOTHING,              deny ENDPOINT              here",
    "deny PEER_FROM_ORIGIN,      allow ENDPOINT,             deny PEER_FROM_ORIGIN      here",
    "deny ENDPOINT,              deny NOTHING,               deny ENDPOINT              here",
    "deny NOTHING,               deny PEER,                  deny NOTHING               here",
  })
  void theStricterOfTwoVerdictsIsTold(String here, String upstream, String told) {
    assertThat(StricterVerdict.of(verdict(here + " here", 7), verdict(upstream + " above", 9)))
        .isEqualTo(verdict(told, 7));
  }

  private static Verdict verdict(String words, int epoch) {
    String[] parts = words.split(" +", 3);
    Reason reason = new Reason(Reason.Kind.RULE, parts[2], "p.toml:1");
    return new Verdict(parts[0].equals("allow"), reason, Reuse.valueOf(parts[1]), epoch);
  }

  @Property
  void nothingIsAllowedUnlessBothAllowIt(
      @ForAll("verdicts") Verdict here, @ForAll("verdicts") Verdict upstream) {
    assertThat(StricterVerdict.of(here, upstream).allowed())
        .isEqualTo(here.allowed() && upstream.allowed());
  }

  @Property
  void theReasonIsThatOfOneWhoSaysSo(
      @ForAll("verdicts") Verdict here, @ForAll("verdicts") Verdict upstream) {
    Verdict both = StricterVerdict.of(here, upstream);
    Verdict whose = here.allowed() ? upstream : here;
    assertThat(both.reason()).isEqualTo(whose.reason());
    assertThat(both.allowed()).isEqualTo(whose.allowed());
    assertThat(both.epoch()).isEqualTo(here.epoch());
  }

  @Property
  void itIsGoodForNothingThatOneOfThoseItIsMadeOfIsNotGoodFor(
      @ForAll("verdicts") Verdict here, @ForAll("verdicts") Verdict upstream) {
    Reuse both = StricterVerdict.of(here, upstream).reuse();
    assertThat(isWithin(both, here.reuse())).isTrue();
    assertThat(!here.allowed() || isWithin(both, upstream.reuse())).isTrue();
  }

  /** Whether all that the one is good for, the other is good for too. */
  private static boolean isWithin(Reuse one, Reuse other) {
    return one == Reuse.NOTHING
        || (other != Reuse.NOTHING
            && (other.anyPort() || !one.anyPort())
            && (one.fromOrigin() || !other.fromOrigin()));
  }

  @Provide
  Arbitrary<Verdict> verdicts() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(Reason.Kind.class),
            Arbitraries.of("", "a", "b"),
            Arbitraries.of(Reuse.class),
            Arbitraries.integers().between(0, 3))
        .as(
            (allowed, kind, rule, reuse, epoch) ->
                new Verdict(allowed, new Reason(kind, rule, ""), reuse, epoch));
  }
}
