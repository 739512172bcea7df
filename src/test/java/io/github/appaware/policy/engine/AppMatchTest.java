package io.github.appaware.policy.engine;

import static io.github.appaware.policy.Fixtures.HASH;
import static io.github.appaware.policy.Fixtures.app;
import static io.github.appaware.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.policy.model.PolicyException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AppMatchTest {
  private static final String OTHER = HASH.replace('9', '8');
  private static final String PINNED =
      "[[app]]\nid = 'billing'\nfile = 'billing-*.jar'\nsha256 = '" + HASH + "'\n";

  @Test
  void aFileNameAloneGivesTheId() throws PolicyException {
    Policy policy = policy("[[app]]", "id = 'a'", "file = 'a-?.jar'");
    assertThat(policy.match(app("a-1.jar", ""))).isEqualTo(match("a"));
    assertThat(policy.match(app("a-12.jar", ""))).isEqualTo(match(""));
  }

  @Test
  void aHashAloneGivesTheIdUnderAnyName() throws PolicyException {
    Policy policy =
        policy("[[app]]", "id = 'a'", "sha256 = '" + HASH.toUpperCase(Locale.ROOT) + "'");
    assertThat(policy.match(app("x", HASH))).isEqualTo(match("a"));
    assertThat(policy.match(app("x", OTHER))).isEqualTo(match(""));
  }

  @Test
  void fileNameAndHashMustBothMatch() throws PolicyException {
    assertThat(policy(PINNED).match(app("billing-1.0.jar", HASH))).isEqualTo(match("billing"));
    assertThat(policy(PINNED).match(app("x.jar", HASH))).isEqualTo(match(""));
  }

  @Test
  void oneOfSeveralHashesIsEnough() throws PolicyException {
    Policy policy = policy("[[app]]\nid = 'a'\nsha256 = ['" + OTHER + "', '" + HASH + "']");
    assertThat(policy.match(app("x", HASH))).isEqualTo(match("a"));
  }

  @Test
  void aWrongHashIsReported() throws PolicyException {
    assertThat(policy(PINNED).match(app("billing-1.0.jar", OTHER)))
        .isEqualTo(
            match(
                "",
                "`billing-1.0.jar` has SHA-256 8f86d081..., which is not one of those pinned for"
                    + " app \"billing\" (p.toml:2): the id does not apply"));
  }

  @Test
  void noHashIsNoMatch() throws PolicyException {
    assertThat(policy(PINNED).match(app("billing-1.0.jar", "")))
        .isEqualTo(
            match(
                "",
                "`billing-1.0.jar` has no SHA-256, so it can't be one of those pinned for app"
                    + " \"billing\" (p.toml:2): the id does not apply"));
  }

  @Test
  void aHostileFileNameIsEscaped() throws PolicyException {
    Policy policy = policy("[[app]]\nid = 'a'\nfile = '*'\nsha256 = '" + HASH + "'");
    assertThat(policy.match(app("x\u001b[2J", OTHER)).notices().get(0)).startsWith("`x\\u001b[2J`");
  }

  @Test
  void ofSeveralTheOneThatKnowsTheContentApplies() throws PolicyException {
    String loose = "[[app]]\nid = 'any-billing'\nfile = 'billing-1.*.jar'\n";
    for (Policy policy : new Policy[] {policy(PINNED, loose), policy(loose, PINNED)}) {
      assertThat(policy.match(app("billing-1.0.jar", HASH)).id()).isEqualTo("billing");
    }
    assertThat(policy(PINNED, loose).match(app("billing-1.0.jar", HASH)).notices())
        .containsExactly(
            "`billing-1.0.jar` is app \"billing\" (p.toml:2) and also app \"any-billing\""
                + " (p.toml:7): only the first id applies");
    assertThat(policy(PINNED, loose).match(app("billing-1.0.jar", OTHER)).id())
        .isEqualTo("any-billing");
  }

  @Test
  void ofSeveralNamesTheLongerPatternAppliesThenTheAlphabetDecides() throws PolicyException {
    String short1 = "[[app]]\nid = 'b'\nfile = 'a*'\n";
    String short2 = "[[app]]\nid = 'a'\nfile = '*a'\n";
    String longer = "[[app]]\nid = 'z'\nfile = 'a*a'\n";
    assertThat(policy(short1, longer, short2).match(app("aa", "")).id()).isEqualTo("z");
    assertThat(policy(short1, short2).match(app("aa", "")).id()).isEqualTo("a");
    assertThat(policy(short2, short1).match(app("aa", "")).id()).isEqualTo("a");
  }

  private static AppMatch match(String id, String... notices) {
    return new AppMatch(
        id, List.of(notices), id.isEmpty() && notices.length > 0 ? List.of("billing") : List.of());
  }
}
