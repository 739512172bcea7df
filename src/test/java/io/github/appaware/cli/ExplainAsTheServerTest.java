package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Action;
import io.github.appaware.policy.Decision;
import io.github.appaware.policy.EventWords;
import io.github.appaware.policy.OriginWords;
import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyReader;
import io.github.appaware.server.Verdicts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code policy explain} gives the verdict of the decision server: for random policies, and random
 * events that the server gets as an agent sends them, and {@code explain} as words.
 */
class ExplainAsTheServerTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final int POLICIES = 200;
  private static final int EVENTS = 500;

  /** Of each policy, so many events go through the whole command. */
  private static final int COMMANDS = 3;

  @TempDir Path directory;

  @Test
  void forAHundredThousandRandomEvents() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Map<Action, Integer> seen = new EnumMap<>(Action.class);
    RandomQuestions random = new RandomQuestions(new Random(seed));
    Files.writeString(directory.resolve("list.txt"), RandomQuestions.LIST);
    for (int i = 0; i < POLICIES; i++) {
      String text = random.policy(directory);
      Path file = Files.writeString(directory.resolve("p.toml"), text);
      Policy policy = PolicyReader.read(List.of(file));
      Verdicts server = new Verdicts(policy, NOW);
      for (int j = 0; j < EVENTS; j++) {
        RandomQuestions.Question asked = random.question();
        Verdict verdict = server.of(asked.app(), asked.event(), asked.origin());
        Application known = asked.app().withId(policy.match(asked.app()).id());
        Event event =
            EventWords.parse(
                asked.words().get(0),
                asked.words().subList(1, asked.words().size()),
                asked.address(),
                asked.localPort());
        ExplainedEvent explained =
            ExplainedEvent.of(policy, known, event, OriginWords.parse(asked.origins()), NOW);
        assertSame(verdict, explained.explanation().decision(), seed, asked, text);
        seen.merge(explained.verdict(), 1, Integer::sum);
        if (j < COMMANDS) {
          assertThat(explain(asked))
              .as("seed %d, %s%n%s", seed, asked, text)
              .isEqualTo(explained.verdict());
        }
      }
    }
    // A test in which nearly nothing matches would show nothing.
    assertThat(seen).allSatisfy((verdict, times) -> assertThat(times).isGreaterThan(5_000));
    assertThat(seen).hasSize(3);
  }

  private static void assertSame(
      Verdict verdict,
      Decision decision,
      long seed,
      RandomQuestions.Question asked,
      String policy) {
    Reason reason = decision.reason();
    Reason expected =
        decision.action() == Action.ASK
            ? new Reason(Reason.Kind.NOBODY, reason.rule(), reason.at())
            : reason;
    if (verdict.allowed() != (decision.action() == Action.ALLOW)
        || !verdict.reason().equals(expected)
        || verdict.reuse() != decision.reuse()) {
      throw new AssertionError(
          "seed " + seed + ": " + verdict + " but " + decision + " for " + asked + "\n" + policy);
    }
  }

  /** What the command says by its status. */
  private Action explain(RandomQuestions.Question asked) {
    List<String> words =
        new ArrayList<>(List.of("explain", "-p", "p.toml", "--at", NOW.toString()));
    words.addAll(List.of("--app", asked.app().file(), "--sha256", asked.app().sha256()));
    words.addAll(List.of("--user", asked.app().user(), "--parent", asked.app().parent()));
    asked.origins().forEach(origin -> words.addAll(List.of("--origin", origin)));
    if (asked.address() != null) {
      words.addAll(List.of("--address", asked.address()));
    }
    if (asked.localPort() > 0) {
      words.addAll(List.of("--local-port", "" + asked.localPort()));
    }
    words.addAll(asked.words());
    Policies.Result result = new Policies(directory).run(words.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isLessThan(3);
    return new Action[] {Action.ALLOW, Action.DENY, Action.ASK}[result.status()];
  }
}
