package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message.Tally;
import io.github.appaware.wire.Message.TallyKind;
import io.github.appaware.wire.Message.Total;
import io.github.appaware.wire.Message.TotalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryCountsTest {
  private static final Verdict ALLOWED = verdict(true, Reason.of(Reason.Kind.OBSERVED));
  private static final Verdict DENIED =
      verdict(false, new Reason(Reason.Kind.RULE, "no", "p.toml:3"));
  private static final String REASON = "by rule \"no\" (p.toml:3)";

  private static final Address ANY = Address.of(new byte[4]);

  private final SummaryCounts counts = new SummaryCounts();

  private static Verdict verdict(boolean allowed, Reason reason) {
    return new Verdict(allowed, reason, Verdict.Reuse.ENDPOINT, 1);
  }

  private static Origin from(String maven, String path, String type) {
    Origin.Source source = new Origin.Source(path, "", maven);
    return new Origin(List.of(new Origin.Frame(type, "call", 1, "", source)), "main", true);
  }

  private void add(Event event, Verdict verdict, int count) {
    counts.add(event, Origin.UNKNOWN, verdict, count, false);
  }

  @Test
  void everyUseIsCounted() {
    add(Samples.connect("a.example"), ALLOWED, 1);
    add(Samples.connect("a.example"), ALLOWED, 3_000_000);
    add(Samples.connect("b.example"), DENIED, 2_000_000_000);
    add(Samples.connect("b.example"), DENIED, 2_000_000_000);

    assertThat(counts.allowed()).isEqualTo(3_000_001);
    assertThat(counts.denied()).isEqualTo(4_000_000_000L);
    assertThat(counts.tallies())
        .containsExactly(
            new Tally(
                TallyKind.DENIED, "connect tcp to b.example:443", "", REASON, 4_000_000_000L));
  }

  @Test
  void denialsAreToldApartByTheLibraryAndTheMostFrequentComesFirst() {
    Origin log = from("org.x:log:1.0", "/lib/log.jar", "org.x.Log");
    Origin own = from("", "/lib/app.jar", "Main");
    counts.add(Samples.connect("b.example"), own, DENIED, 2, false);
    counts.add(Samples.connect("b.example"), log, DENIED, 3, false);
    counts.add(Samples.connect("b.example"), from("", "", "Made"), DENIED, 1, false);

    String event = "connect tcp to b.example:443";
    assertThat(counts.tallies())
        .containsExactly(
            new Tally(TallyKind.DENIED, event, "org.x:log:1.0 (org.x.Log)", REASON, 3),
            new Tally(TallyKind.DENIED, event, "app.jar (Main)", REASON, 2),
            new Tally(TallyKind.DENIED, event, "Made", REASON, 1));
  }

  @Test
  void theFirstTwentyDenialsAreNamedAndAllAreCounted() {
    for (int port = 1; port <= 23; port++) {
      add(Samples.connect("b.example", port), DENIED, 2);
    }
    add(Samples.connect("b.example", 1), DENIED, 1);

    assertThat(counts.tallies()).hasSize(20);
    assertThat(counts.tallies().get(0).event()).isEqualTo("connect tcp to b.example:1");
    assertThat(counts.tallies().get(0).count()).isEqualTo(3);
    assertThat(counts.unnamed()).isEqualTo(6);
    assertThat(counts.denied()).isEqualTo(47);
  }

  @Test
  void whatAuditModeLetsPassIsNamedWithWhatDecidedOtherwise() {
    add(
        Samples.connect("a.example"),
        verdict(true, new Reason(Reason.Kind.WOULD_DENY, "no", "p.toml:3")),
        1);
    add(
        Samples.connect("b.example"),
        verdict(true, new Reason(Reason.Kind.WOULD_ASK, "", "p.toml:2")),
        4);
    add(Samples.connect("c.example"), verdict(true, Reason.of(Reason.Kind.WOULD_ASK)), 1);

    assertThat(counts.would()).isEqualTo(6);
    assertThat(counts.allowed()).isEqualTo(6);
    assertThat(counts.tallies())
        .containsExactly(
            new Tally(
                TallyKind.WOULD_BE_ASKED, "connect tcp to b.example:443", "", "by p.toml:2", 4),
            new Tally(TallyKind.WOULD_BE_DENIED, "connect tcp to a.example:443", "", REASON, 1),
            new Tally(
                TallyKind.WOULD_BE_ASKED, "connect tcp to c.example:443", "", "by default", 1));
  }

  @Test
  void allowedEventsAreNamedWhereTheRunIsThereToSeeThem() {
    counts.add(Samples.connect("a.example"), Origin.UNKNOWN, ALLOWED, 2, true);

    assertThat(counts.tallies())
        .containsExactly(
            new Tally(TallyKind.ALLOWED, "connect tcp to a.example:443", "", "in observe mode", 2));
  }

  @Test
  void hostsAndLibrariesAreCountedWhereTheRunIsThereToSeeThem() {
    Origin log = from("org.x:log:1.0", "/lib/log.jar", "org.x.Log");
    Verdict would = verdict(true, new Reason(Reason.Kind.WOULD_DENY, "no", "p.toml:3"));
    counts.add(Samples.connect("b.example", 80), log, ALLOWED, 2, true);
    counts.add(Samples.connect("b.example"), log, would, 3, true);
    counts.add(Samples.connect("a.example"), Origin.UNKNOWN, DENIED, 1, true);
    counts.add(Samples.connect("c.example"), log, ALLOWED, 9, false);

    assertThat(counts.totals())
        .containsExactly(
            new Total(TotalKind.HOST, "b.example", 5, 0, 3),
            new Total(TotalKind.HOST, "a.example", 0, 1, 0),
            new Total(TotalKind.LIBRARY, "org.x:log:1.0", 5, 0, 3),
            new Total(TotalKind.LIBRARY, "", 0, 1, 0));
  }

  /** However many names a program makes up, no event is missing in the totals. */
  @Test
  void tenHostsAreNamedAndAllAreInTheTotals() {
    Origin own = from("", "/lib/app.jar", "Main");
    for (int i = 0; i < 5_000; i++) {
      counts.add(Samples.connect("h" + i + ".example"), own, ALLOWED, 1, true);
    }
    counts.add(Samples.connect("h77.example"), own, ALLOWED, 1, true);
    String hostile = "x".repeat(300) + "\u001b[2J";
    counts.add(Samples.connect("h78.example"), from("", "/lib/" + hostile, "M"), ALLOWED, 1, true);

    List<Total> totals = counts.totals();
    assertThat(totals).hasSize(13);
    assertThat(totals.get(0)).isEqualTo(new Total(TotalKind.HOST, "h77.example", 2, 0, 0));
    assertThat(totals.get(10)).isEqualTo(new Total(TotalKind.HOST, "", 4_990, 0, 0));
    assertThat(totals.get(11)).isEqualTo(new Total(TotalKind.LIBRARY, "app.jar", 5_001, 0, 0));
    assertThat(totals.get(12).name()).hasSize(100).startsWith("...xxx").endsWith("...");
  }

  @Test
  void whatAServerListensOnIsNoHost() {
    counts.add(
        new Event.Inet(EventKind.LISTEN, Protocol.TCP, ANY, 80), Origin.UNKNOWN, ALLOWED, 1, true);
    counts.add(new Event.Resolve("a.example\u202e", null), Origin.UNKNOWN, ALLOWED, 1, true);
    assertThat(counts.totals())
        .containsExactly(
            new Total(TotalKind.HOST, "a.example\\u202e", 1, 0, 0),
            new Total(TotalKind.LIBRARY, "", 2, 0, 0));
  }

  @Test
  void ofALongNameTheEndIsShown() {
    add(Samples.connect("a".repeat(300) + ".example"), DENIED, 1);

    assertThat(counts.tallies().get(0).event()).hasSize(150).startsWith("...aaa").endsWith(":443");
  }
}
