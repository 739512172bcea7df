package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.Samples;
import org.junit.jupiter.api.Test;

class SummaryCountsTest {
  private static final Verdict ALLOWED =
      new Verdict(true, Reason.of(Reason.Kind.OBSERVED), Verdict.Reuse.ENDPOINT, 1);
  private static final Verdict DENIED =
      new Verdict(false, new Reason(Reason.Kind.RULE, "no", "p.toml:3"), Verdict.Reuse.ENDPOINT, 1);

  private final SummaryCounts counts = new SummaryCounts();

  @Test
  void everyUseIsCounted() {
    counts.add(Samples.connect("a.example"), ALLOWED, 1);
    counts.add(Samples.connect("a.example"), ALLOWED, 3_000_000);
    counts.add(Samples.connect("b.example"), DENIED, 2_000_000_000);
    counts.add(Samples.connect("b.example"), DENIED, 2_000_000_000);

    assertThat(counts.allowed()).isEqualTo(3_000_001);
    assertThat(counts.denied()).isEqualTo(4_000_000_000L);
  }

  @Test
  void aDenialIsNamedOnceWithItsReason() {
    counts.add(Samples.connect("a.example"), ALLOWED, 1);
    counts.add(Samples.connect("b.example"), DENIED, 1);
    counts.add(Samples.connect("b.example"), DENIED, 1);

    assertThat(counts.denials())
        .containsExactly("connect tcp to b.example:443 by rule \"no\" (p.toml:3)");
  }

  @Test
  void theFirstFiveDenialsAreNamedAndAllAreCounted() {
    for (int port = 1; port <= 8; port++) {
      counts.add(Samples.connect("b.example", port), DENIED, 1);
    }

    assertThat(counts.denials())
        .hasSize(5)
        .startsWith("connect tcp to b.example:1 by rule \"no\" (p.toml:3)")
        .endsWith("connect tcp to b.example:5 by rule \"no\" (p.toml:3)");
    assertThat(counts.denied()).isEqualTo(8);
  }
}
