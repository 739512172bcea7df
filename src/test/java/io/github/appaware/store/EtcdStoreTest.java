package io.github.appaware.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdStoreTest {
  private static final String DENY = "version = 1\n[[rule]]\nid = 'deny'\naction = 'deny'\n";
  private static final String BAD = "version = 1\n[[rule]]\naction = 'perhaps'\n";

  @TempDir Path directory;
  private final FakeKeys keys = new FakeKeys();
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private final List<EtcdStore> stores = new ArrayList<>();

  @BeforeEach
  void store() {
    keys.put("/policy/site.toml", DENY);
  }

  @AfterEach
  void close() {
    stores.forEach(EtcdStore::close);
  }

  @Test
  void anAnswerIsAPolicyUnderAKeyOfItsOwn() throws Exception {
    EtcdStore store = open();
    assertThat(ids(store.load())).containsExactly("deny");
    assertThat(store.changed()).isEmpty();

    List<Answers.Saved> saved = store.append(answer("a.example"));

    assertThat(saved).hasSize(1);
    assertThat(saved.get(0).at()).matches("etcd:/p/answers/20261123T150621Z-[0-9a-f]{12}:4");
    assertThat(saved.get(0).lines()).startsWith("# an answer", "[[rule]]");
    assertThat(ids(store.changed().orElseThrow())).containsExactly("deny", "allow-a.example");
    assertThat(store.changed()).isEmpty();
    assertThat(ids(open().load())).containsExactly("deny", "allow-a.example");
  }

  @Test
  void whoeverComesSecondTakesAnotherId() throws Exception {
    EtcdStore one = open();
    EtcdStore other = open();
    Policy unused = one.load();
    unused = other.load();
    keys.beforeChange(() -> save(other));

    assertThat(one.append(answer("a.example")).get(0).id()).isEqualTo("allow-a.example-2");
    assertThat(ids(one.changed().orElseThrow()))
        .containsExactlyInAnyOrder("deny", "allow-a.example", "allow-a.example-2");
  }

  private static void save(EtcdStore store) {
    try {
      List<Answers.Saved> unused = store.append(answer("a.example"));
    } catch (EditException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anApplicationIsSavedOnceAndItsIdIsNoOthers() throws Exception {
    EtcdStore store = open();
    Policy unused = store.load();
    PolicyEntry app = PolicyEntry.app("billing").with(AppKey.FILE, "billing.jar");
    Answers.Addition first = new Answers.Addition(List.of(), app);

    assertThat(store.append(List.of(first, answer("a.example").get(0)))).hasSize(2);
    assertThat(store.append(List.of(first, answer("b.example").get(0)))).hasSize(1);
    assertThat(store.append(List.of(first))).isEmpty();
    PolicyEntry another = PolicyEntry.app("billing").with(AppKey.FILE, "other.jar");
    assertThatThrownBy(() -> store.append(List.of(new Answers.Addition(List.of(), another))))
        .isInstanceOf(EditException.class)
        .hasMessage("`billing` is already the id of another application");
    assertThat(store.changed().orElseThrow().apps()).hasSize(1);
  }

  @Test
  void whatTheStoreWouldNotReadIsRefused() throws Exception {
    EtcdStore store = open();
    Policy unused = store.load();
    List<Answers.Addition> bad =
        List.of(
            new Answers.Addition(
                List.of(), PolicyEntry.rule(Action.ALLOW).with(RuleKey.PORT, "a")));
    assertThatThrownBy(() -> store.append(bad)).isInstanceOf(EditException.class);
    assertThatThrownBy(() -> store.preview(bad)).isInstanceOf(EditException.class);
    assertThat(store.preview(answer("a.example"))).contains("# an answer", "[[rule]]");
    assertThat(keys.count()).isOne();
  }

  @Test
  void aBadEditIsToldOnceAndAnswersStillCount() throws Exception {
    EtcdStore store = watched();
    keys.put("/policy/site.toml", BAD);
    String problem = awaitProblem(store);
    assertThat(problem).startsWith("etcd:/p/policy/site.toml:3:1: unknown action `perhaps`");
    assertThat(store.changed()).isEmpty();

    List<Answers.Saved> unused = store.append(answer("a.example"));
    assertThat(ids(store.changed().orElseThrow())).containsExactly("deny", "allow-a.example");
    assertThat(store.changed()).isEmpty();

    keys.put("/policy/site.toml", DENY.replace("'deny'\na", "'better'\na"));
    assertThat(ids(await(store))).containsExactly("better", "allow-a.example");
  }

  @Test
  void aDeletedPolicyIsNoLongerInForce() throws Exception {
    EtcdStore store = watched();
    keys.remove("/policy/site.toml");
    assertThat(await(store).rules()).isEmpty();
  }

  private static final String APP =
      "version = 1\n\n# ours\n[[app]]\nid = 'shop'\nfile = 'shop.jar'\nsha256 = '%s'\n"
          .formatted("1".repeat(64));
  private static final String NEW = "2".repeat(64);

  @Test
  void aRebuiltProgramKeepsItsRules() throws Exception {
    keys.put("/policy/apps.toml", APP);
    EtcdStore store = open();
    Policy unused = store.load();

    assertThat(store.addHash("shop", NEW)).isEqualTo("etcd:/p/policy/apps.toml:7");

    assertThat(store.changed().orElseThrow().apps().get(0).sha256())
        .containsExactly("1".repeat(64), NEW);
    assertThat(keys.text("/policy/apps.toml"))
        .isEqualTo(
            APP.replace("'" + "1".repeat(64) + "'", "['" + "1".repeat(64) + "', \"" + NEW + "\"]"));
    assertThatThrownBy(() -> store.addHash("shop", NEW))
        .isInstanceOf(EditException.class)
        .hasMessage("`shop` has this SHA-256 already");
    assertThatThrownBy(() -> store.addHash("other", NEW))
        .isInstanceOf(EditException.class)
        .hasMessage("no application `other`");
  }

  @Test
  void aHashIsAddedToWhatAnOperatorChangedMeanwhile() throws Exception {
    keys.put("/policy/apps.toml", APP);
    EtcdStore store = open();
    Policy unused = store.load();
    keys.beforeChange(() -> keys.put("/policy/apps.toml", APP.replace("ours", "theirs")));

    String at = store.addHash("shop", NEW);

    assertThat(at).isEqualTo("etcd:/p/policy/apps.toml:7");
    assertThat(keys.text("/policy/apps.toml")).contains("# theirs", NEW);
  }

  @Test
  void aHashOfALocalApplicationIsAddedToItsFile() throws Exception {
    Path file = Files.writeString(directory.resolve("p.toml"), APP);
    EtcdStore store = open(file);
    Policy unused = store.load();

    assertThat(store.addHash("shop", NEW)).isEqualTo(file + ":7");
    assertThat(store.changed().orElseThrow().apps().get(0).sha256()).contains(NEW);
  }

  @Test
  void aHashWhoseOutcomeIsUnknownIsSaidNotToBeCertain() throws Exception {
    keys.put("/policy/apps.toml", APP);
    EtcdStore store = open();
    Policy unused = store.load();
    keys.deafen(true);
    assertThatThrownBy(() -> store.addHash("shop", NEW))
        .isInstanceOf(EditException.class)
        .hasMessage("not certain that it is saved: etcd://h:2379/p: no answer");
  }

  @Test
  void anAnswerThatIsTakenBackIsInForceNowhere() throws Exception {
    EtcdStore store = open();
    Policy unused = store.load();
    List<Answers.Saved> first = store.append(answer("a.example"));
    List<Answers.Saved> second = store.append(answer("b.example"));
    EtcdStore other = open();
    unused = other.load();

    store.withdraw(first.get(0));

    assertThat(ids(store.changed().orElseThrow())).containsExactly("deny", second.get(0).id());
    assertThat(ids(open().load())).containsExactly("deny", second.get(0).id());
    assertThatThrownBy(() -> store.withdraw(first.get(0)))
        .isInstanceOf(EditException.class)
        .hasMessageStartingWith("no rule `" + first.get(0).id() + "` in etcd:/p/answers/");
  }

  @Test
  void localFilesAreMerged() throws Exception {
    Path file =
        Files.writeString(directory.resolve("p.toml"), DENY.replace("id = 'deny'", "id = 'own'"));
    EtcdStore store = open(file);
    assertThatThrownBy(
            () -> {
              keys.put("/policy/same.toml", DENY.replace("id = 'deny'", "id = 'own'"));
              Policy unused = store.load();
            })
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("etcd:/p/policy/same.toml:3:");
    keys.remove("/policy/same.toml");
    EtcdStore again = open(file);
    assertThat(again.load().rules()).hasSize(2);
    Files.writeString(file, "version = 1\n");
    assertThat(again.changed().orElseThrow().rules()).hasSize(1);
  }

  @Test
  void aLossIsToldOnceAndNothingIsSaved() throws Exception {
    EtcdStore store = watched();
    keys.lose("gone");
    assertThatThrownBy(() -> store.append(answer("a.example")))
        .isInstanceOf(EditException.class)
        .hasMessage("not saved: etcd://h:2379/p: gone");
    awaitNotice(
        "etcd://h:2379/p is lost (gone): the last good policy stays in force, and no answer"
            + " can be saved");
    assertThat(store.changed()).isEmpty();
    keys.lose("");
    awaitNotice("etcd://h:2379/p is back: policy and answers are in step with it again");
    assertThat(notices).hasSize(2);
  }

  @Test
  void whatWasSavedUnheardIsDeletedAgain() throws Exception {
    EtcdStore store = watched();
    keys.deafen(true);
    assertThatThrownBy(() -> store.append(answer("a.example"))).isInstanceOf(EditException.class);
    assertThat(keys.count()).isEqualTo(3);
    keys.deafen(false);
    keys.lose("");
    List<Answers.Saved> unused = store.append(answer("b.example"));
    Await.until(() -> keys.count() == 3);
    assertThat(ids(store.changed().orElseThrow())).containsExactly("deny", "allow-b.example");
  }

  @Test
  void anotherEtcdInItsPlaceCountsAsLost() throws Exception {
    EtcdStore store = watched();
    keys.becomeAnother();
    keys.remove("/policy/site.toml");
    awaitNotice(
        "etcd://h:2379/p is lost (it is another etcd or an older state than before; restart to use"
            + " it): the last good policy stays in force, and no answer can be saved");
    assertThat(store.changed()).isEmpty();
  }

  private EtcdStore open(Path... files) throws StoreException {
    Clock clock = Clock.fixed(Instant.parse("2026-11-23T15:06:21Z"), ZoneOffset.UTC);
    EtcdStore store = new EtcdStore(keys, EtcdAddress.parse("etcd://h/p"), List.of(files), clock);
    stores.add(store);
    return store;
  }

  private EtcdStore watched() throws Exception {
    EtcdStore store = open();
    Policy unused = store.load();
    store.watch(() -> {}, notices::add);
    return store;
  }

  private static Policy await(EtcdStore store) throws Exception {
    AtomicReference<Policy> policy = new AtomicReference<>();
    Await.until(
        () -> {
          policy.set(store.changed().orElse(null));
          return policy.get() != null;
        });
    return policy.get();
  }

  private static String awaitProblem(EtcdStore store) throws Exception {
    try {
      Policy policy = await(store);
      throw new AssertionError("no problem: " + policy.rules());
    } catch (PolicyException e) {
      return e.getMessage();
    }
  }

  private void awaitNotice(String notice) throws Exception {
    Await.until(() -> List.copyOf(notices).contains(notice));
  }

  private static List<Answers.Addition> answer(String host) {
    return List.of(
        new Answers.Addition(
            List.of("# an answer"), PolicyEntry.rule(Action.ALLOW).with(RuleKey.HOST, host)));
  }

  private static List<String> ids(Policy policy) {
    return policy.rules().stream().map(Rule::id).toList();
  }
}
