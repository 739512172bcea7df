package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordLimitTest {
  private static final int MOST = 100;
  private static final Verdict DENIED = Verdict.denied(Reason.Kind.DEFAULT);

  private long nanos = -5; // its origin is anywhere
  private final RecordLimit limit = new RecordLimit(MOST, () -> nanos);
  private final List<RecordEntry> lines = new ArrayList<>();

  private static RecordEntry entry(String name, String jar, int count) {
    Origin.Frame frame = new Origin.Frame("a.A", "m", 1, "", new Origin.Source(jar, "", ""));
    return new RecordEntry(
        Instant.EPOCH,
        "run",
        Application.builder().file("a.jar").path("/a.jar").kind(Application.Kind.JAR).build(),
        new Event.Resolve(name, null),
        new Origin(List.of(frame), "thread " + name),
        DENIED,
        count);
  }

  private void admit(RecordEntry entry) {
    RecordEntry line = limit.admit(entry);
    if (line != null) {
      lines.add(line);
    }
  }

  private long counted() {
    return lines.stream().mapToLong(RecordEntry::count).sum();
  }

  @Test
  void distinctEventsBeyondTheLimitAreCountedByApplicationLibraryAndRule() {
    for (int i = 0; i < 100_000; i++) {
      admit(entry("n" + i + ".example", "/lib.jar", 1));
    }
    assertThat(limit.isReached()).isTrue();
    assertThat(lines).hasSizeLessThan(MOST + 20);
    assertThat(lines.subList(0, MOST)).noneMatch(RecordEntry::cut);
    assertThat(lines.subList(MOST, lines.size())).allMatch(RecordEntry::cut);
    assertThat(counted()).isLessThan(100_000).isGreaterThan(50_000);

    lines.addAll(limit.rest());

    assertThat(counted()).isEqualTo(100_000);
    assertThat(limit.rest()).isEmpty();
  }

  @Test
  void repeatsOfKnownLinesGoOn() {
    for (int i = 0; i < 2 * MOST; i++) {
      admit(entry("n" + i + ".example", "/lib.jar", 1));
    }
    RecordEntry again = entry("n3.example", "/lib.jar", 5);

    assertThat(limit.admit(again)).isSameAs(again);
  }

  @Test
  void anotherLibraryHasACountOfItsOwnWhileThereAreFew() {
    for (int i = 0; i < MOST; i++) {
      admit(entry("n" + i + ".example", "/lib.jar", 1));
    }
    for (int i = 0; i < 50_000; i++) {
      admit(entry("more" + i + ".example", "/" + i + ".jar", 1));
    }
    lines.addAll(limit.rest());

    assertThat(lines).hasSizeBetween(MOST + RecordLimit.MOST_COUNTS, MOST + 1_100);
    assertThat(counted()).isEqualTo(MOST + 50_000);
  }

  /** Verdicts that are not for use again are asked for each time. */
  @Test
  void aFloodOfOneLineIsWrittenNowAndThen() {
    int flood = 1_000_000;
    int seconds = 40;
    for (int i = 0; i < flood; i++) {
      nanos += seconds * 1_000_000_000L / flood;
      admit(entry("a.example", "/lib.jar", 1));
    }
    assertThat(lines).hasSizeBetween(RecordLimit.BURST, RecordLimit.BURST + 10 * seconds + 1);
    assertThat(lines).noneMatch(RecordEntry::cut);
    assertThat(counted()).isGreaterThan(flood - flood / seconds);
    assertThat(limit.isReached()).isFalse();

    lines.addAll(limit.rest());
    assertThat(counted()).isEqualTo(flood);
    assertThat(limit.rest()).isEmpty();

    nanos += 200_000_000_000L;
    for (int i = 0; i < RecordLimit.BURST; i++) {
      RecordEntry later = entry("a.example", "/lib.jar", 1);
      assertThat(limit.admit(later)).isSameAs(later);
    }
  }

  @Test
  void aRunWithFewEventsIsNotCut() {
    for (int i = 0; i < 1_000; i++) {
      admit(entry("n" + i % 10 + ".example", "/lib.jar", 1));
    }
    assertThat(limit.isReached()).isFalse();
    assertThat(lines).hasSize(1_000).noneMatch(RecordEntry::cut);
  }
}
