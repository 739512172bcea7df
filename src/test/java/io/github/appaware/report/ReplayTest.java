package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.RecordEntries;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.testkit.Samples;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
  private static final Instant NOW = Samples.NOW;

  private static RecordEntry entry(
      Application app, Event event, boolean allowed, Reason.Kind kind, int count) {
    Verdict verdict = new Verdict(allowed, Reason.of(kind), Verdict.Reuse.NOTHING, 1);
    return new RecordEntry(NOW, "r", app, event, Origin.UNKNOWN, verdict, count);
  }

  private static Policy allowing(String... lines) throws PolicyException {
    return Samples.policy(lines);
  }

  @Provide
  Arbitrary<RecordEntry> entries() {
    return RecordEntries.all();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nothingChangesWhereThePolicySaysWhatWasSaid(@ForAll("entries") RecordEntry entry)
      throws PolicyException {
    Action said = entry.event() instanceof Event.Blind ? null : Replay.said(entry.verdict());
    for (Action action : Action.values()) {
      Replay replay = new Replay(allowing("[default]", "unknown = '" + action.label() + "'"), NOW);
      replay.add(entry);
      boolean changes = said != null && said != action;

      assertThat(replay.events()).isEqualTo(entry.count());
      assertThat(replay.changed()).isEqualTo(changes ? entry.count() : 0);
      assertThat(replay.changes()).hasSize(changes ? 1 : 0);
      assertThat(replay.outside()).isEqualTo(said == null ? entry.count() : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, RULE, ALLOW", "false, RULE, DENY", "true, DEFAULT, ALLOW", "false, ANSWER, DENY",
    "true, OBSERVED, ASK", "true, WOULD_ASK, ASK", "true, WOULD_DENY, DENY", "false, NOBODY, ASK",
    "false, TIMEOUT, ", "false, PROTECTED, ", "true, BLIND, ", "false, CHANGED, "
  })
  void whatWasSaidIsToldFromTheReason(boolean allowed, Reason.Kind kind, Action said) {
    Verdict verdict = new Verdict(allowed, Reason.of(kind), Verdict.Reuse.NOTHING, 1);
    assertThat(Replay.said(verdict)).isEqualTo(said);
  }

  @Test
  void anApplicationAndItsParentAreNamedByTheOtherPolicy() throws PolicyException {
    Policy policy =
        allowing(
            "[default]",
            "unknown = 'deny'",
            "[[app]]",
            "id = 'new'",
            "file = 'app.jar'",
            "[[app]]",
            "id = 'starter'",
            "file = 'mvn.jar'",
            "[[rule]]",
            "action = 'allow'",
            "app = 'new'",
            "parent = 'starter'");
    Application parent = Samples.APP.toBuilder().id("old-mvn").file("mvn.jar").build();
    Application child = Samples.APP.toBuilder().id("old").parent("old-mvn").build();
    Event event = Samples.connect("a.example");
    Replay replay = new Replay(policy, NOW);

    replay.add(entry(parent, event, true, Reason.Kind.RULE, 1));
    replay.add(entry(child, event, true, Reason.Kind.RULE, 5));

    assertThat(replay.changes())
        .containsExactly(
            new Replay.Change(
                Action.ALLOW,
                Action.DENY,
                "starter",
                "connect tcp to a.example:443",
                "",
                new Reason(Reason.Kind.DEFAULT, "", "p.toml:3"),
                1));
  }

  @Test
  void denialsComeFirstThenQuestionsAndTheMostFrequentOfEach() throws PolicyException {
    Policy policy =
        allowing(
            "[[rule]]",
            "action = 'deny'",
            "host = ['bad.example', 'worse.example']",
            "[[rule]]",
            "action = 'allow'",
            "host = 'good.example'");
    Replay replay = new Replay(policy, NOW);
    replay.add(entry(Samples.APP, Samples.connect("good.example"), false, Reason.Kind.RULE, 99));
    replay.add(entry(Samples.APP, Samples.connect("other.example"), true, Reason.Kind.RULE, 9));
    replay.add(entry(Samples.APP, Samples.connect("bad.example"), true, Reason.Kind.RULE, 1));
    replay.add(entry(Samples.APP, Samples.connect("worse.example"), true, Reason.Kind.RULE, 1));
    replay.add(entry(Samples.APP, Samples.connect("worse.example"), true, Reason.Kind.RULE, 1));

    assertThat(replay.changes())
        .extracting(change -> change.becomes() + " " + change.event() + " " + change.count())
        .containsExactly(
            "DENY connect tcp to worse.example:443 2",
            "DENY connect tcp to bad.example:443 1",
            "ASK connect tcp to other.example:443 9",
            "ALLOW connect tcp to good.example:443 99");
  }

  @Test
  void ofWhatTheRecordOnlyCountsNothingIsSaid() throws PolicyException {
    RecordEntry one = entry(Samples.APP, Samples.connect("a"), true, Reason.Kind.RULE, 7);
    Replay replay = new Replay(allowing("[default]", "unknown = 'deny'"), NOW);
    replay.add(
        new RecordEntry(
            one.time(),
            one.run(),
            one.application(),
            one.event(),
            one.origin(),
            one.verdict(),
            7,
            true));

    assertThat(replay.cut()).isEqualTo(7);
    assertThat(replay.changed()).isZero();
  }

  @Test
  void moreChangesThanAnyoneReadsAreCountedOnly() throws PolicyException {
    Replay replay = new Replay(allowing("[default]", "unknown = 'deny'"), NOW);
    for (int i = 0; i < Replay.MOST_CHANGES + 5; i++) {
      replay.add(
          entry(Samples.APP, Samples.connect("h" + i + ".example"), true, Reason.Kind.RULE, 2));
    }
    assertThat(replay.changes()).hasSize(Replay.MOST_CHANGES);
    assertThat(replay.unnamed()).isEqualTo(10);
    assertThat(List.of(replay.lines(), replay.events(), replay.changed()))
        .containsExactly(10_005L, 20_010L, 20_010L);
  }
}
