package io.github.appaware.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.explain.NearMisses;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.PolicyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for machines, and for groups of machines, users and applications. */
class GroupTest {
  private static final Event EVENT = Fixtures.connect("192.0.2.1", 443);

  private static final String GROUPS =
      """
      [[group]]
      id = 'builds'
      machine = ['build-*', 'ci.example']
      [[group]]
      id = 'jenkins-builds'
      machine = 'build-*'
      user = 'jenkins'
      [[group]]
      id = 'shop'
      app = ['billing', 'basket']
      [[group]]
      id = 'shop-builds'
      app = 'billing'
      machine = 'build-1'
      user = ['jenkins', 'j*n']
      """;

  @ParameterizedTest
  @CsvSource({
    "build-1, true",
    "BUILD-1, true",
    "build-, true",
    "ci.example, true",
    "Ci.Example, true",
    "ci.example.org, false",
    "rebuild-1, false",
    "'', false",
  })
  void aMachineIsKnownByItsNameWhateverItsCase(String machine, boolean known)
      throws PolicyException {
    assertThat(said("machine = ['Build-*', 'ci.example']", app(machine, "me", "")))
        .isEqualTo(known ? Action.ALLOW : Action.ASK);
    assertThat(said("group = 'builds'", app(machine, "me", "")))
        .isEqualTo(known ? Action.ALLOW : Action.ASK);
  }

  @ParameterizedTest
  @CsvSource({
    "jenkins-builds, build-1, jenkins, '', true",
    "jenkins-builds, build-1, me, '', false",
    "jenkins-builds, desk, jenkins, '', false",
    "jenkins-builds, build-1, '', '', false",
    "shop, desk, me, billing, true",
    "shop, desk, me, basket, true",
    "shop, '', '', billing, true",
    "shop, desk, me, bill, false",
    "shop, desk, me, '', false",
    "shop-builds, build-1, jenkins, billing, true",
    "shop-builds, build-1, john, billing, true",
    "shop-builds, build-2, jenkins, billing, false",
    "shop-builds, build-1, root, billing, false",
    "shop-builds, build-1, jenkins, basket, false",
  })
  void theKeysOfAGroupAreJoinedByAndItsValuesByOr(
      String group, String machine, String user, String id, boolean member) throws PolicyException {
    Application app = app(machine, user, id);
    assertThat(said("group = '" + group + "'", app)).isEqualTo(member ? Action.ALLOW : Action.ASK);
    assertThat(said("group = ['nothing', '" + group + "']", app))
        .isEqualTo(member ? Action.ALLOW : Action.ASK);
  }

  @Test
  void oneOfTheGroupsIsEnoughAndEveryOtherKeyCounts() throws PolicyException {
    Application app = app("build-1", "jenkins", "basket");
    assertThat(said("group = ['shop-builds', 'shop']", app)).isEqualTo(Action.ALLOW);
    assertThat(said("group = 'shop'\nmachine = 'desk'", app)).isEqualTo(Action.ASK);
    assertThat(said("group = 'shop'\nuser = 'me'", app)).isEqualTo(Action.ASK);
    assertThat(said("group = 'shop'\napp = 'billing'", app)).isEqualTo(Action.ASK);
    assertThat(said("group = 'shop'\nport = 80", app)).isEqualTo(Action.ASK);
  }

  @Test
  void nothingIsInAGroupThatNobodyDefines() throws PolicyException {
    assertThat(said("group = 'nothing'", app("build-1", "jenkins", "billing")))
        .isEqualTo(Action.ASK);
  }

  @Test
  void aGroupMayBeDefinedBehindTheRuleAndInAnotherFile() throws PolicyException {
    Policy policy = Fixtures.policy("[[rule]]\naction = 'allow'\ngroup = 'builds'\n" + GROUPS);
    assertThat(policy.groups()).extracting(Group::at).startsWith("p.toml:5", "p.toml:8");
    assertThat(decide(policy, app("build-1", "me", ""))).isEqualTo(Action.ALLOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 50, 1000})
  void eachOfManyGroupsFindsItsRule(int count) throws PolicyException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("[[group]]\nid = 'g" + i + "'\nmachine = 'm" + i + "'");
    }
    for (int i = 0; i < count; i++) {
      lines.add("[[rule]]\nid = 'r" + i + "'\naction = 'allow'\ngroup = 'g" + i + "'");
    }
    Policy policy = Fixtures.policy(lines.toArray(String[]::new));
    for (int i = 0; i <= count; i++) {
      Decision decision =
          policy.decide(app("M" + i, "me", ""), EVENT, Origin.UNKNOWN, Fixtures.NOW);
      assertThat(decision.reason().rule()).isEqualTo(i < count ? "r" + i : "");
    }
  }

  @Test
  void anExplanationSaysThatTheApplicationIsElsewhere() throws PolicyException {
    Policy policy =
        Fixtures.policy(
            GROUPS
                + "[[rule]]\naction = 'allow'\ngroup = ['shop', 'builds']\nhost = 'a.example'\n"
                + "[[rule]]\naction = 'deny'\nmachine = 'Build-*'\nhost = 'a.example'");
    Event event = Fixtures.connect("192.0.2.1", 443, "a.example");
    assertThat(
            NearMisses.of(policy, app("desk", "me", ""), event, Origin.UNKNOWN, Fixtures.NOW, 10))
        .containsExactly(
            "a rule (p.toml:17) says allow, but `group` is shop, builds",
            "a rule (p.toml:21) says deny, but `machine` is build-*");
  }

  private static Action said(String keys, Application app) throws PolicyException {
    return decide(Fixtures.policy(GROUPS + "[[rule]]\naction = 'allow'\n" + keys), app);
  }

  private static Action decide(Policy policy, Application app) {
    return policy.decide(app, EVENT, Origin.UNKNOWN, Fixtures.NOW).action();
  }

  private static Application app(String machine, String user, String id) {
    return Application.builder()
        .id(id)
        .file("x.jar")
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user(user)
        .pid(1)
        .directory("/")
        .machine(machine)
        .build();
  }
}
