package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.EventParser;
import io.github.appaware.policy.explain.OriginParser;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code policy explain} gives the verdict of the running decision server, the built one in a
 * process of its own: for random policies, and random events that the server gets as an agent sends
 * them, and {@code explain} as words. In each server's life its policy is edited.
 */
class ExplainAsTheServerIT {
  /** The fuzz profile makes it ten, and so a hundred thousand events. */
  private static final int SERVERS = Integer.getInteger("fuzz.servers", 3);

  private static final int EDITIONS = 4;
  private static final int EVENTS = 2_500;

  /** Of each edition, so many events go through the whole command. */
  private static final int COMMANDS = 5;

  /** The first event of so many editions goes through the built tool as well. */
  private static final int PROCESSES = 24;

  @TempDir Path directory;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final RandomQuestions random = new RandomQuestions(new Random(seed), now);
  private int processes;
  private final Map<Action, Integer> seen = new EnumMap<>(Action.class);

  @Test
  void forRandomEvents() throws Exception {
    Files.writeString(directory.resolve("list.txt"), RandomQuestions.LIST);
    for (int i = 0; i < SERVERS; i++) {
      String text = random.policy(directory);
      Path policy = Files.writeString(directory.resolve("p.toml"), text);
      Path run = Files.createDirectory(directory.resolve("run"));
      Path log = directory.resolve("log" + i);
      try (RunningServer server = new RunningServer(run, policy, log)) {
        server.register(random.question().app());
        compare(server, policy, text);
        for (int edition = 1; edition < EDITIONS; edition++) {
          text = random.policy(directory);
          Path edited = Files.writeString(directory.resolve("edited"), text);
          Files.move(edited, policy, StandardCopyOption.ATOMIC_MOVE);
          server.awaitEdit();
          compare(server, policy, text);
        }
        server.end();
      }
      assertThat(Files.readAllLines(log)).hasSize(EDITIONS * EVENTS);
    }
    assertThat(seen.values().stream().mapToInt(n -> n).sum())
        .isEqualTo(SERVERS * EDITIONS * EVENTS);
    // A test in which nearly nothing matches would show nothing.
    assertThat(seen)
        .allSatisfy(
            (verdict, times) -> assertThat(times).isGreaterThan(EDITIONS * EVENTS * SERVERS / 20));
    assertThat(seen).hasSize(3);
  }

  private void compare(RunningServer server, Path file, String text) throws Exception {
    Policy policy = PolicyReader.read(List.of(file));
    List<RandomQuestions.Question> questions =
        Stream.generate(random::question).limit(EVENTS).toList();
    List<Verdict> verdicts = server.ask(questions);
    for (int i = 0; i < EVENTS; i++) {
      RandomQuestions.Question asked = questions.get(i);
      Application known =
          asked.app().withMachine(LocalMachine.name()).withId(policy.match(asked.app()).id());
      Event event =
          EventParser.parse(
              asked.words().get(0),
              asked.words().subList(1, asked.words().size()),
              asked.address(),
              asked.localPort());
      ExplainedEvent explained =
          ExplainedEvent.of(
              policy, known, unreached(event), OriginParser.parse(asked.origins()), Instant.now());
      assertSame(verdicts.get(i), explained.explanation().decision(), seed, asked, text);
      seen.merge(explained.verdict(), 1, Integer::sum);
      if (i < COMMANDS) {
        assertThat(explain(asked))
            .as("seed %d, %s%n%s", seed, asked, text)
            .isEqualTo(explained.verdict());
      }
      if (i == 0 && processes++ < PROCESSES) {
        assertThat(explainByTheBuiltTool(asked))
            .as("seed %d, %s%n%s", seed, asked, text)
            .isEqualTo(explained.verdict());
      }
    }
  }

  /** As the server finds it: nothing listens on this machine's ports of the test. */
  private static Event unreached(Event event) {
    boolean isLocal =
        event instanceof Event.Unix
            || (event instanceof Event.Inet inet && inet.address().isLoopback());
    boolean isReaching = event.kind() == EventKind.CONNECT || event.kind() == EventKind.SEND;
    boolean isSctp = event instanceof Event.Inet inet && inet.protocol() == Protocol.SCTP;
    if (!isLocal || !isReaching) {
      return event;
    }
    return event.withPeer(isSctp ? Peer.UNKNOWN : Peer.NONE);
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
    // A path may lead elsewhere the next time, for one to the server's own socket.
    Verdict.Reuse reuse =
        asked.event() instanceof Event.Unix ? Verdict.Reuse.NOTHING : decision.reuse();
    if (verdict.allowed() != (decision.action() == Action.ALLOW)
        || !verdict.reason().equals(expected)
        || verdict.reuse() != reuse) {
      throw new AssertionError(
          "seed " + seed + ": " + verdict + " but " + decision + " for " + asked + "\n" + policy);
    }
  }

  /** What the command says by its status. */
  private Action explain(RandomQuestions.Question asked) {
    Policies.Result result = new Policies(directory).run(words(asked).toArray(String[]::new));
    return action(result.status(), result.err());
  }

  private Action explainByTheBuiltTool(RandomQuestions.Question asked) throws Exception {
    List<String> words = new ArrayList<>(List.of("policy"));
    words.addAll(words(asked));
    Tool.Result result = Tool.run(new Tool(directory).builder(words.toArray(String[]::new)), "");
    return action(result.status(), result.err());
  }

  private static Action action(int status, String err) {
    assertThat(status).as(err).isLessThan(3);
    return new Action[] {Action.ALLOW, Action.DENY, Action.ASK}[status];
  }

  private static List<String> words(RandomQuestions.Question asked) {
    List<String> words = new ArrayList<>(List.of("explain", "-p", "p.toml"));
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
    return words;
  }
}
