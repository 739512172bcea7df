package io.github.appaware.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.EtcdProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores of two servers on a real etcd. Long, as all its tests need the one etcd, which takes a
 * second to start.
 */
@Timeout(120)
class EtcdIT {
  /** Operations; etcd takes 128. */
  private static final int MOST_OF_A_TRANSACTION = 100;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String SITE = "version = 1\n[default]\nunknown = 'deny'\n";

  @TempDir Path directory;
  private EtcdProcess etcd;
  private final List<Side> sides = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    EtcdProcess.assume();
    etcd = new EtcdProcess(directory, "--max-request-bytes", "4000000");
    put("/policy/site.toml", SITE);
  }

  @AfterEach
  void stop() {
    sides.forEach(Side::close);
    if (etcd != null) {
      etcd.close();
    }
  }

  @Test
  void anAnswerAtOneIsInForceAtTheOtherWithinASecond() throws Exception {
    Side a = side();
    Side b = side();
    long[] micros = new long[100];
    long[] saving = new long[micros.length];
    for (int i = 0; i < micros.length; i++) {
      Side one = i % 2 == 0 ? a : b;
      Side other = i % 2 == 0 ? b : a;
      String host = "h" + i + ".example";
      long begin = System.nanoTime();
      String id = one.append(answer(host)).get(0).id();
      long saved = System.nanoTime();
      assertThat(one.knows(id)).as("at the server itself, at once").isTrue();
      other.await("rule " + id, () -> other.knows(id));
      micros[i] = (System.nanoTime() - begin) / 1000;
      saving[i] = (saved - begin) / 1000;
    }
    tell("saved", saving);
    tell("saved at one and in force at the other", micros);
    assertThat(Arrays.stream(micros).max().orElseThrow()).isLessThan(SECOND.toNanos() / 1000);
  }

  private static void tell(String what, long[] micros) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "etcd: %s: median %.1f ms, 99 %% %.1f ms, longest %.1f ms of %d%n",
        what,
        sorted[sorted.length / 2] / 1e3,
        sorted[sorted.length * 99 / 100] / 1e3,
        sorted[sorted.length - 1] / 1e3,
        sorted.length);
  }

  @Test
  void whileEtcdIsGoneThePolicyStaysAndNoAnswerIsSaved() throws Exception {
    Side a = side();
    Side b = side();
    String before = a.append(answer("before.example")).get(0).id();
    b.await("the answer before", () -> b.knows(before));

    for (int round = 0; round < 3; round++) {
      etcd.kill();
      long begin = System.nanoTime();
      assertThatThrownBy(() -> a.append(answer("lost.example")))
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith("not saved: etcd://" + etcd.server() + "/appaware: ");
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofMillis(2500).toNanos());
      a.await("the loss", () -> a.tells("is lost"));
      b.await("the loss", () -> b.tells("is lost"));
      assertThat(a.knows(before) && b.knows(before)).isTrue();
      assertThat(a.notices).filteredOn(each -> each.contains("is lost")).hasSize(1);
      assertThat(a.notices.get(a.notices.size() - 1))
          .matches(
              "etcd://"
                  + etcd.server()
                  + "/appaware is lost \\(.+\\): the last good policy stays in force, and no answer"
                  + " can be saved");

      etcd.start();
      long back = System.nanoTime();
      String id = appendWhenBack(a, "back" + round + ".example");
      b.await("the answer after", () -> b.knows(id));
      a.await("the return", () -> a.tells("is back"));
      b.await("the return", () -> b.tells("is back"));
      System.out.printf("etcd: in step %d ms after its return%n", millisSince(back));
      a.notices.clear();
      b.notices.clear();
    }
    assertThat(a.ids()).isEqualTo(b.ids()).doesNotContain("allow-lost.example").hasSize(4);
    assertThat(side().ids()).isEqualTo(a.ids());
  }

  private static String appendWhenBack(Side side, String host) throws Exception {
    AtomicReference<String> id = new AtomicReference<>();
    Await.within(
        SECOND,
        () -> {
          try {
            id.set(side.append(answer(host)).get(0).id());
          } catch (EditException away) {
            return false;
          }
          return true;
        });
    return id.get();
  }

  @Test
  void anAnswerThatEtcdTookTooLongForIsNeverInForce() throws Exception {
    Side a = side();
    Side b = side();
    a.append(answer("before.example"));

    etcd.signal("STOP");
    long begin = System.nanoTime();
    assertThatThrownBy(() -> a.append(answer("late.example")))
        .isInstanceOf(EditException.class)
        .hasMessageContaining("no answer within");
    assertThat(millisSince(begin)).isBetween(500L, 2500L);
    a.await("the loss", () -> a.tells("is lost"));
    etcd.signal("CONT");
    a.await("the return", () -> a.tells("is back"));

    String id = a.append(answer("after.example")).get(0).id();
    b.await("the answer after", () -> b.knows(id));
    Set<String> expected = Set.of("allow-before.example", "allow-after.example");
    assertThat(a.ids()).isEqualTo(expected);
    b.await("the late one's end", () -> b.ids().equals(expected));
    assertThat(side().ids()).isEqualTo(expected);
  }

  @Test
  void aHashIsAddedAndAnAnswerTakenBackAtBothSides() throws Exception {
    String old = "1".repeat(64);
    put("/policy/apps.toml", "version = 1\n[[app]]\nid = 'shop'\nsha256 = '" + old + "'\n");
    Side a = side();
    Side b = side();
    Answers.Saved saved = a.append(answer("a.example")).get(0);
    b.await("the answer", () -> b.knows(saved.id()));

    assertThat(b.store.addHash("shop", "2".repeat(64)))
        .isEqualTo("etcd:/appaware/policy/apps.toml:4");
    assertThat(a.store.addHash("shop", "3".repeat(64)))
        .isEqualTo("etcd:/appaware/policy/apps.toml:4");
    b.store.withdraw(saved);

    a.await("its end", () -> !a.ids().contains(saved.id()));
    try (EtcdStore after = open()) {
      assertThat(after.load().apps().get(0).sha256())
          .containsExactly(old, "2".repeat(64), "3".repeat(64));
    }
  }

  @Test
  void ofManyAnswersFromBothSidesAtOnceNoneIsLost() throws Exception {
    Side a = side();
    Side b = side();
    int threads = 4;
    int each = 25;
    Set<String> saved = Collections.synchronizedSet(new TreeSet<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> writers = new ArrayList<>();
    long begin = System.nanoTime();
    for (int t = 0; t < 2 * threads; t++) {
      Side side = t % 2 == 0 ? a : b;
      writers.add(
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < each; i++) {
                    // All of them want the same id and the same application.
                    assertThat(saved.add(saveAtLast(side))).isTrue();
                  }
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    System.out.printf(
        "etcd: %d answers from two sides at once in %d ms%n", saved.size(), millisSince(begin));
    assertThat(failures).isEmpty();
    assertThat(saved).hasSize(2 * threads * each);
    a.await("all answers", () -> a.ids().equals(saved));
    b.await("all answers", () -> b.ids().equals(saved));
    assertThat(a.notices).noneMatch(notice -> notice.contains("problem"));
    assertThat(side().ids()).isEqualTo(saved);
  }

  /** On a busy machine an answer may have its turn too late, and says so; none is half saved. */
  private static String saveAtLast(Side side) throws Exception {
    while (true) {
      try {
        return side.append(answers()).get(0).id();
      } catch (EditException e) {
        assertThat(e).hasMessageContaining(" at once");
      }
    }
  }

  @Test
  void hostileValuesAreProblemsThatNameTheirKeys() throws Exception {
    Side a = side();
    String id = a.append(answer("good.example")).get(0).id();
    Map<String, String> bad = new HashMap<>();
    bad.put("/policy/broken.toml", "version = 1\n[[rule]]\naction = 'perhaps'\n");
    bad.put("/policy/latin.toml", "version = 1 # \u00e9\u00e8");
    bad.put("/policy/\u0000\u001b[31m\u00ff.toml", SITE);
    bad.put("/polices/site.toml", SITE);
    bad.put("/policy/include.toml", "version = 1\ninclude = ['/etc/passwd']\n");
    bad.put(
        "/policy/list.toml", "version = 1\n[[rule]]\naction='deny'\nhost-list = '/etc/passwd'\n");
    bad.put("/answers/huge", "version = 1\n#" + "x".repeat(2 << 20));
    for (Map.Entry<String, String> each : bad.entrySet()) {
      put(each.getKey(), each.getValue());
      a.await("the problem of " + each.getKey(), () -> !a.problems.isEmpty());
      assertThat(a.problems).as(each.getKey()).hasSize(1);
      assertThat(a.problems.get(0)).startsWith("etcd:/appaware/").doesNotContain("\u001b", "\0");
      assertThat(a.knows(id)).isTrue();
      put(each.getKey(), null);
      a.problems.clear();
      long revision = a.store.revision();
      put("/policy/site.toml", SITE + "# " + each.getKey().length());
      a.await("the repair", () -> a.store.revision() > revision);
    }
    putAll(bad);
    try (EtcdStore store = open()) {
      assertThatThrownBy(store::load)
          .isInstanceOfSatisfying(
              PolicyException.class, e -> assertThat(e.problems()).hasSize(bad.size()))
          .hasMessageContainingAll(
              "etcd:/appaware/policy/broken.toml:3:1: unknown action `perhaps`",
              "etcd:/appaware/policy/latin.toml: not UTF-8",
              "etcd:/appaware/policy/\\u0000\\u001b[31m\\u00ff.toml: no key of appaware's",
              "etcd:/appaware/polices/site.toml: no key of appaware's",
              "etcd:/appaware/policy/include.toml:2:12: a stored policy can't name files",
              "etcd:/appaware/policy/list.toml:4:1: a stored policy can't name files",
              "etcd:/appaware/answers/huge: too large to be parsed at once");
    }
  }

  @Test
  void manyKeysAreReadPageByPage() throws Exception {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      keys.put("/policy/big" + i + ".toml", "version = 1\n#" + "x".repeat(1 << 20) + "\n");
    }
    for (int i = 0; i < 3000; i++) {
      keys.put("/answers/a" + i, "version = 1\n[[rule]]\nid = 'r" + i + "'\naction = 'allow'\n");
    }
    putAll(keys);
    long begin = System.nanoTime();
    Side a = side();
    System.out.printf("etcd: 60 MiB and 3,000 answers read in %d ms%n", millisSince(begin));
    assertThat(a.ids()).hasSize(3000);
    begin = System.nanoTime();
    String id = a.store.append(answer("one-more.example")).get(0).id();
    System.out.printf("etcd: one more saved in %d ms%n", millisSince(begin));
    assertThat(a.ids()).contains(id);
    System.out.printf("etcd: and in force in %d ms%n", millisSince(begin));
  }

  @Test
  void withoutEtcdNothingStarts() throws Exception {
    etcd.kill();
    try (EtcdStore store = open()) {
      long begin = System.nanoTime();
      assertThatThrownBy(store::load)
          .isInstanceOfSatisfying(
              StoreException.class,
              e ->
                  assertThat(e.help())
                      .isEqualTo(
                          "is etcd running there? `etcdctl --endpoints="
                              + etcd.server()
                              + " endpoint health` tells"))
          .hasMessageStartingWith("etcd://" + etcd.server() + "/appaware can't be reached: ")
          .hasMessageContaining("Connection refused");
      assertThat(millisSince(begin)).isLessThan(2500);
    }
  }

  @Test
  void oneOfSeveralAddressesIsEnough() throws Exception {
    try (Side side = new Side("127.0.0.1:1," + etcd.server() + ",localhost:2")) {
      assertThat(side.append(answer("a.example"))).hasSize(1);
    }
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static List<Answers.Addition> answer(String host) {
    return List.of(
        new Answers.Addition(
            List.of(new AnswerComment("answered", Instant.EPOCH, "alice", host).line()),
            PolicyEntry.rule(Action.ALLOW).with(RuleKey.HOST, host)));
  }

  private static List<Answers.Addition> answers() {
    return List.of(
        new Answers.Addition(
            List.of(), PolicyEntry.app("billing").with(AppKey.FILE, "billing-*.jar")),
        new Answers.Addition(
            List.of("# answered"),
            PolicyEntry.rule(Action.ALLOW)
                .with(RuleKey.APP, "billing")
                .with(RuleKey.HOST, "a.example")));
  }

  private EtcdStore open() throws IOException {
    return open(etcd.server());
  }

  private static EtcdStore open(String servers) throws IOException {
    return (EtcdStore) Stores.open("etcd://" + servers, List.of(), Clock.systemUTC());
  }

  private Side side() throws Exception {
    Side side = new Side(etcd.server());
    sides.add(side);
    return side;
  }

  private void put(String key, String value) throws IOException {
    putAll(Collections.singletonMap(key, value)); // null removes
  }

  /** As an operator does, who takes no care; characters are bytes. A transaction for each MiB. */
  private void putAll(Map<String, String> values) throws IOException {
    try (JetcdKeys keys = new JetcdKeys(EtcdAddress.parse("etcd://" + etcd.server()))) {
      Map<String, String> change = new HashMap<>();
      int size = 0;
      for (Map.Entry<String, String> each : values.entrySet()) {
        change.put(each.getKey(), each.getValue());
        size += each.getValue() == null ? 0 : each.getValue().length();
        if (size > 1 << 20 || change.size() == MOST_OF_A_TRANSACTION) {
          change(keys, change);
          change.clear();
          size = 0;
        }
      }
      if (!change.isEmpty()) {
        change(keys, change);
      }
    }
  }

  private static void change(JetcdKeys keys, Map<String, String> change) throws IOException {
    long revision = keys.change("/nothing", 0, change, Duration.ofSeconds(20));
    assertThat(revision).isPositive();
  }

  /** What a server does with its store. */
  private static final class Side implements AutoCloseable {
    private final EtcdStore store;
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private volatile Set<String> ids;

    Side(String servers) throws IOException, PolicyException {
      store = open(servers);
      ids = ids(store.load());
      store.watch(this::look, notices::add);
    }

    private static Set<String> ids(Policy policy) {
      return policy.rules().stream().map(Rule::id).collect(Collectors.toSet());
    }

    private synchronized void look() {
      try {
        store.changed().ifPresent(policy -> ids = ids(policy));
      } catch (PolicyException e) {
        problems.add(e.getMessage());
      }
    }

    List<Answers.Saved> append(List<Answers.Addition> additions) throws EditException {
      List<Answers.Saved> saved = store.append(additions);
      look();
      return saved.subList(saved.size() - 1, saved.size());
    }

    boolean knows(String id) {
      return ids.contains(id);
    }

    Set<String> ids() {
      look();
      return ids;
    }

    boolean tells(String part) {
      return List.copyOf(notices).stream().anyMatch(notice -> notice.contains(part));
    }

    /** Within some seconds; what is promised is measured. */
    void await(String what, BooleanSupplier condition) throws Exception {
      Await.until(() -> what + ": " + notices + " " + problems, condition::getAsBoolean);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
