package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.Destination;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.Samples;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static RecordEntry entry(Event event, int count, boolean cut) {
    Verdict verdict = Verdict.denied(Reason.Kind.NOBODY);
    return new RecordEntry(
        Samples.NOW, "r", Samples.APP, event, Origin.UNKNOWN, verdict, count, cut);
  }

  @Test
  void whatOnlyOneOfBothHasIsNewOrGone() {
    Baseline baseline = new Baseline();
    baseline.known(entry(Samples.connect("old.example"), 1, false));
    baseline.known(entry(Samples.connect("both.example"), 1, false));
    baseline.add(entry(Samples.connect("both.example"), 3, false));
    baseline.add(entry(Samples.connect("new.example"), 2, false));
    baseline.add(entry(Samples.connect("new.example"), 3, false));

    assertThat(baseline.fresh())
        .containsExactly(
            new Baseline.Found(Destination.of(entry(Samples.connect("new.example"), 1, false)), 5));
    assertThat(baseline.gone())
        .containsExactly(Destination.of(entry(Samples.connect("old.example"), 1, false)));
    assertThat(baseline.uncertain()).isZero();
  }

  @Test
  void whatARecordOnlyCountsMayBeNewAndIsNotKnown() {
    Baseline baseline = new Baseline();
    baseline.known(entry(Samples.connect("a.example"), 9, true));
    baseline.add(entry(Samples.connect("b.example"), 4, true));
    baseline.add(entry(Samples.connect("a.example"), 1, false));

    assertThat(baseline.uncertain()).isEqualTo(4);
    assertThat(baseline.fresh()).hasSize(1);
    assertThat(baseline.gone()).isEmpty();
  }
}
