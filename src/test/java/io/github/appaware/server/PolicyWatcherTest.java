package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.FakeClock;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each edit changes the size of the file: its time may be too coarse to tell. */
class PolicyWatcherTest {
  private static final String ALLOW = "[[rule]]\naction = 'allow'";

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();
  private final List<Integer> epochs = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private Path file;
  private ActivePolicy activePolicy;
  private PolicyWatcher watch;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("p.toml");
  }

  @Test
  void withoutAChangeNothingHappens() throws IOException, PolicyException {
    begin(ALLOW);
    Policy before = activePolicy.policy();
    look();
    clock.advance(Duration.ofDays(1));
    look();

    assertThat(epochs).isEmpty();
    assertThat(notices).isEmpty();
    assertThat(activePolicy.policy()).isSameAs(before);
  }

  @Test
  void anEditTakesEffectOnce() throws IOException, PolicyException {
    begin("");
    assertThat(allowed()).isFalse();

    edit(ALLOW);
    look();
    look();

    assertThat(allowed()).isTrue();
    assertThat(activePolicy.epoch()).isEqualTo(2);
    assertThat(epochs).containsExactly(2);
    assertThat(notices).containsExactly("the policy changed on disk and is in force");
  }

  @Test
  void aBadEditKeepsTheOldPolicyAndSaysSoOnce() throws IOException, PolicyException {
    begin(ALLOW);
    Policy good = activePolicy.policy();

    edit("[[rule]]\naction = 'perhaps'");
    look();
    look();

    assertThat(activePolicy.policy()).isSameAs(good);
    assertThat(epochs).isEmpty();
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith(
            "the policy changed on disk and has problems; the last good one stays:\n"
                + file
                + ":3");
  }

  @Test
  void theRepairOfABadEditTakesEffect() throws IOException, PolicyException {
    begin(ALLOW);
    edit("oops");
    look();
    edit("[default]\nunknown = 'deny'");
    look();

    assertThat(allowed()).isFalse();
    assertThat(epochs).containsExactly(2);
    assertThat(notices).hasSize(2).endsWith("the policy changed on disk and is in force");
  }

  @Test
  void aDeletedFileKeepsThePolicyInForce() throws IOException, PolicyException {
    begin(ALLOW);
    Files.delete(file);
    look();

    assertThat(allowed()).isTrue();
    assertThat(epochs).isEmpty();
    assertThat(notices).singleElement().asString().contains("the last good one stays");
  }

  @Test
  void aFileReplacedByRenameIsSeen() throws IOException, PolicyException {
    begin("");
    Path temporary = Files.writeString(directory.resolve("new"), Samples.text(ALLOW));
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    look();

    assertThat(allowed()).isTrue();
  }

  @Test
  void whenARuleExpiresItsVerdictsAreVoidOnce() throws IOException, PolicyException {
    begin(ALLOW + "\nexpires = 2026-06-01T12:00:05Z");
    Policy before = activePolicy.policy();
    clock.advance(Duration.ofSeconds(4));
    look();
    assertThat(epochs).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    look();
    clock.advance(Duration.ofSeconds(1));
    look();

    assertThat(epochs).containsExactly(2);
    assertThat(activePolicy.policy()).isSameAs(before);
    assertThat(allowed()).isFalse();
    assertThat(notices).isEmpty();
  }

  @Test
  void aRuleThatHadExpiredBeforeVoidsNothing() throws IOException, PolicyException {
    begin(ALLOW + "\nexpires = 2026-06-01T11:59:59Z");
    clock.advance(Duration.ofHours(1));
    look();

    assertThat(epochs).isEmpty();
  }

  @Test
  void anEditOfAnIncludedFileOrAHostListTakesEffect() throws IOException, PolicyException {
    Path list = Files.writeString(directory.resolve("list.txt"), "b.example\n");
    Path other = Files.writeString(directory.resolve("other.toml"), Samples.text(""));
    begin("include = 'other.toml'\n[[rule]]\naction = 'allow'\nhost-list = 'list.txt'\n");
    assertThat(allowed()).isFalse();

    Files.writeString(list, "b.example\na.example\n");
    look();
    assertThat(allowed()).isTrue();

    Files.writeString(other, Samples.text("[[rule]]\naction = 'deny'"));
    look();
    assertThat(allowed()).isFalse();
    assertThat(epochs).containsExactly(2, 3);
  }

  @Test
  void theRepairOfAFileThatABadEditIncludesTakesEffect() throws IOException, PolicyException {
    begin("");
    edit("include = 'other.toml'");
    look();
    look();
    assertThat(notices).singleElement().asString().contains("no such file");

    Files.writeString(directory.resolve("other.toml"), Samples.text(ALLOW));
    look();
    assertThat(allowed()).isTrue();
  }

  @Test
  void rulesThatNeverDecideAreToldOnce() throws IOException, PolicyException {
    begin("");
    edit("[[rule]]\naction = 'deny'\napp = 'x'\n".repeat(12));
    look();
    look();
    assertThat(notices)
        .hasSize(12)
        .contains(
            "warning: "
                + file
                + ":4:1: no `[[app]]` has the id `x`\n"
                + "  help: define it, or the rule can never match")
        .endsWith("and 2 more warnings about the policy");
  }

  private void begin(String lines) throws IOException, PolicyException {
    edit(lines);
    FileStore store = new FileStore(List.of(file), null);
    activePolicy = new ActivePolicy(store.load(), Mode.ENFORCE, BlindMode.ALLOW, clock);
    watch = new PolicyWatcher(store, activePolicy, clock, epochs::add);
  }

  private void edit(String lines) throws IOException {
    Files.writeString(file, Samples.text(lines));
  }

  private void look() {
    watch.look(notices::add);
  }

  private boolean allowed() {
    return activePolicy
        .decide(Samples.APP, Samples.connect("a.example"), Origin.UNKNOWN)
        .verdict()
        .allowed();
  }
}
