package io.github.appaware.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.Randoms;
import io.github.appaware.policy.explain.Explanation;
import io.github.appaware.policy.explain.PolicyExplainer;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.PolicyException;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine against its slow twin. The number of tries is that of the configuration, a thousand if
 * there is none; the profile {@code fuzz} has more.
 */
class EngineTest {
  private static final int EVENTS = 100;

  @Property(shrinking = ShrinkingMode.OFF)
  void theEngineDecidesAsItsSlowTwin(@ForAll Random random) {
    Randoms randoms = new Randoms(random);
    Policy policy = randoms.policy(random.nextInt(5) == 0 ? 300 : 60);
    SlowTwin twin = new SlowTwin(policy);
    for (int i = 0; i < EVENTS; i++) {
      Application app = randoms.application();
      Event event = randoms.event();
      Origin origin = randoms.origin();
      Instant now = randoms.now();
      Decision decision = policy.decide(app, event, origin, now);
      SlowTwin.Said said = twin.decide(app, event, origin, now);
      if (!new SlowTwin.Said(decision).equals(said)) {
        throw new AssertionError(
            decision
                + " instead of "
                + said
                + " for "
                + event
                + "\n"
                + origin
                + "\n"
                + app
                + "\n"
                + policy.rules());
      }
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void aVerdictIsGoodForAllThatItsReuseCovers(@ForAll Random random) {
    Randoms randoms = new Randoms(random);
    Policy policy = random.nextBoolean() ? randoms.policyOfPortsAndOrigins(6) : randoms.policy(40);
    for (int i = 0; i < EVENTS; i++) {
      Application app = randoms.application();
      Event event = randoms.event();
      Origin origin = randoms.origin();
      Decision kept = policy.decide(app, event, origin, Fixtures.NOW);
      for (int j = 0; j < 5; j++) {
        Verdict.Reuse reuse = kept.reuse();
        boolean isOnce = reuse == Verdict.Reuse.NOTHING;
        Origin cause = isOnce || reuse.fromOrigin() ? sameFrames(origin) : randoms.origin();
        Event covered = reuse.anyPort() ? otherPort((Event.Inet) event, randoms.port()) : event;
        if (!isOnce && event.peer() != null) {
          covered = covered.withPeer(randoms.peer());
        }
        Decision fresh = policy.decide(app, covered, cause, Fixtures.NOW);
        if (!new SlowTwin.Said(fresh).equals(new SlowTwin.Said(kept))) {
          throw new AssertionError(
              kept
                  + " was kept, but is "
                  + fresh
                  + " for "
                  + covered
                  + "\n"
                  + cause
                  + "\n"
                  + app
                  + "\n"
                  + policy.rules());
        }
      }
      if (reuseIsOfNoPeer(event)) {
        assertThat(kept.reuse().anyPort()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 63, 64, 65, 1000})
  void eachOfManyPortsFindsItsRule(int count) throws PolicyException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("[[rule]]\naction = 'allow'\nport = ").append(60 * i + 1).append('\n');
    }
    Policy policy = Fixtures.policy(text.toString());
    for (int port = 0; port < 65536; port++) {
      Decision decision =
          policy.decide(Fixtures.APP, Fixtures.connect("::1", port), Origin.UNKNOWN, Fixtures.NOW);
      boolean known = port % 60 == 1 && port < 60 * count;
      String at = known ? "p.toml:" + (2 + 3 * (port / 60)) : "";
      if (!decision.reason().at().equals(at)) {
        throw new AssertionError(decision + " for port " + port);
      }
    }
  }

  private static boolean reuseIsOfNoPeer(Event event) {
    return !(event instanceof Event.Inet)
        || (event.kind() != EventKind.ACCEPT && event.kind() != EventKind.RECEIVE);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void anExplanationNamesTheRuleThatDecides(@ForAll Random random) {
    Randoms randoms = new Randoms(random);
    Policy policy = randoms.policy(40);
    for (int i = 0; i < EVENTS; i++) {
      Application app = randoms.application();
      Event event = randoms.event();
      Origin origin = randoms.origin();
      Explanation explanation = PolicyExplainer.explain(policy, app, event, origin, Fixtures.NOW);
      assertThat(explanation.decision()).isEqualTo(policy.decide(app, event, origin, Fixtures.NOW));
      assertThat(explanation.rules()).hasSameSizeAs(policy.rules());
      assertThat(
              explanation.rules().stream()
                  .filter(part -> part.role() == Explanation.Role.DECIDES)
                  .map(part -> part.rule().at())
                  .findFirst()
                  .orElse("p:0"))
          .isEqualTo(explanation.decision().reason().at());
      for (Explanation.Part part : explanation.rules()) {
        boolean differs = part.role() == Explanation.Role.DIFFERS;
        if ((part.key() == null) == differs) {
          throw new AssertionError(part + " for " + event);
        }
      }
    }
  }

  private static Origin sameFrames(Origin origin) {
    return new Origin(origin.frames(), "another thread");
  }

  private static Event otherPort(Event.Inet event, int port) {
    return event.withPort(port);
  }
}
