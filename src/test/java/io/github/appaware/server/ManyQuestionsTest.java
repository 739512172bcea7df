package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClient;
import io.github.appaware.testkit.LocalServerFixture;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Attend;
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More questions than a person can answer, and how long an answer takes. */
@Timeout(120)
class ManyQuestionsTest {
  private static final Event YES = Samples.connect("yes.example");
  private static final Pattern COUNT = Pattern.compile("\"count\":([0-9]+)");
  private static final String CUT = "\"cut\":true}";

  @TempDir Path directory;

  private LocalServerFixture server;
  private FakeClient launcher;

  @BeforeEach
  void start() throws IOException, PolicyException {
    server =
        LocalServerFixture.asking(
            directory,
            "[default]",
            "ask-timeout = '10m'",
            "[[rule]]",
            "action = 'allow'",
            "host = 'yes.example'");
    launcher = server.launcher();
    launcher.say(new Attend(true));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.stop();
  }

  @Test
  void twoHundredThatWaitSlowNobodyElse() throws IOException {
    FakeClient agent = server.agent(launcher, 1);
    for (int i = 0; i < 200; i++) {
      agent.say(new Message.Ask(i, Samples.connect("one.example", 1 + i % 50), Origin.UNKNOWN));
      agent.hear(Message.Asked.class);
    }
    for (int i = 1_000; i < 2_000; i++) {
      agent.say(new Message.Ask(i, YES, Origin.UNKNOWN));
      assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    }

    launcher.say(new Answer(1, open().id(), new Choice(true, Scope.HOST, Term.ONCE)));
    for (int i = 0; i < 200; i++) {
      assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    }
  }

  private Question open() throws IOException {
    return launcher.await(Question.class);
  }

  @Test
  void aFloodOfDifferentQuestionsIsDeniedButForTheFirst() throws Exception {
    int agents = 4;
    int each = 25_000;
    List<FakeClient> peers = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      peers.add(server.agent(launcher, 1 + i));
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    Future<List<Message>> heard = threads.submit(() -> untilSummary(launcher));
    List<Future<Map<Reason.Kind, Integer>>> floods = new ArrayList<>();
    for (FakeClient peer : peers) {
      String name = "host-" + floods.size() + "-";
      floods.add(threads.submit(() -> flood(peer, name, each)));
    }
    Map<Reason.Kind, Integer> all = new EnumMap<>(Reason.Kind.class);
    for (Future<Map<Reason.Kind, Integer>> flood : floods) {
      flood.get().forEach((kind, count) -> all.merge(kind, count, Integer::sum));
    }
    launcher.say(new Message.Finish());

    List<Message> messages = heard.get();
    threads.shutdown();
    assertThat(all).containsOnlyKeys(Reason.Kind.FLOOD);
    assertThat(all.get(Reason.Kind.FLOOD)).isEqualTo(agents * each - 100);
    assertThat(messages)
        .filteredOn(Message.Notice.class::isInstance)
        .containsExactly(
            new Message.Notice(
                "too many open questions: further ones are denied until some are answered"),
            new Message.Notice(
                "this run has more than 20000 distinct events: the record counts further ones by"
                    + " application, library and rule"));
    assertThat(
            messages.stream()
                .filter(Question.class::isInstance)
                .map(message -> ((Question) message).id())
                .distinct())
        .hasSizeLessThanOrEqualTo(100);
    List<String> lines = server.recorded();
    assertThat(lines.stream().mapToInt(ManyQuestionsTest::count).sum())
        .isEqualTo(agents * each - 100);
    assertThat(lines).filteredOn(line -> !line.endsWith(CUT)).hasSize(RecordLimit.MOST);
    assertThat(lines).hasSizeLessThan(RecordLimit.MOST + 50);
    launcher.say(new DenyRest(1));
    int denied = 0;
    for (FakeClient peer : peers) {
      peer.say(new Message.Ask(-1, Samples.connect("last.example"), Origin.UNKNOWN));
      while (peer.await(Message.Decided.class).id() != -1) {
        denied++;
      }
    }
    assertThat(denied).isLessThanOrEqualTo(100);
  }

  private static int count(String line) {
    Matcher count = COUNT.matcher(line);
    assertThat(count.find()).isTrue();
    return Integer.parseInt(count.group(1));
  }

  private static List<Message> untilSummary(FakeClient launcher) throws IOException {
    List<Message> messages = new ArrayList<>();
    Message message = launcher.await(Message.class);
    while (!(message instanceof Message.Summary)) {
      messages.add(message);
      message = launcher.await(Message.class);
    }
    return messages;
  }

  /** Each ask is answered: by its verdict, or by that a person is asked. */
  private static Map<Reason.Kind, Integer> flood(FakeClient agent, String name, int times)
      throws IOException {
    Map<Reason.Kind, Integer> verdicts = new EnumMap<>(Reason.Kind.class);
    for (int i = 0; i < times; i++) {
      agent.say(new Message.Ask(i, Samples.connect(name + i), Origin.UNKNOWN));
      if (agent.await(Message.class) instanceof Message.Decided decided) {
        verdicts.merge(decided.verdict().reason().kind(), 1, Integer::sum);
      }
    }
    return verdicts;
  }

  @Test
  void asksOfOneQuestionAreBoundedToo() throws IOException {
    FakeClient agent = server.agent(launcher, 1);
    int waiting = 0;
    Message last = null;
    while (!(last instanceof Message.Decided)) {
      agent.say(new Message.Ask(waiting, Samples.connect("one.example"), Origin.UNKNOWN));
      last = agent.await(Message.class);
      waiting += last instanceof Message.Asked ? 1 : 0;
    }
    assertThat(((Message.Decided) last).verdict().reason().kind()).isEqualTo(Reason.Kind.FLOOD);
    assertThat(waiting).isEqualTo(4_000);

    Choice allow = new Choice(true, Scope.ENDPOINT, Term.ONCE);
    launcher.say(new Answer(1, launcher.await(Question.class).id(), allow));
    for (int i = 0; i < waiting; i++) {
      assertThat(agent.hear(Message.Decided.class).verdict().allowed()).isTrue();
    }
  }

  @Test
  void anAnswerReachesTheApplicationAtOnce() throws IOException {
    FakeClient agent = server.agent(launcher, 1);
    // The bound is generous, as tests share the machine; the figures are what matters.
    assertThat(median(agent, Term.ONCE, "once")).isLessThan(20_000);
    assertThat(median(agent, Term.ALWAYS, "always")).isLessThan(20_000);
  }

  /** From the answer to the verdict, in microseconds. */
  private long median(FakeClient agent, Term term, String name) throws IOException {
    long[] micros = new long[250];
    for (int i = 0; i < micros.length; i++) {
      agent.say(new Message.Ask(i, Samples.connect(name + i + ".example"), Origin.UNKNOWN));
      agent.hear(Message.Asked.class);
      long id = launcher.await(Question.class).id();
      long start = System.nanoTime();
      launcher.say(new Answer(i, id, new Choice(true, Scope.ENDPOINT, term)));
      Message.Decided decided = agent.await(Message.Decided.class);
      micros[i] = (System.nanoTime() - start) / 1_000;
      assertThat(decided.verdict().allowed()).isTrue();
      assertThat(launcher.await(Answered.class).accepted()).isTrue();
    }
    Arrays.sort(micros);
    long median = micros[micros.length / 2];
    System.out.println(
        "answered " + name + ": verdict after " + median + " us (median of " + micros.length + ")");
    return median;
  }
}
