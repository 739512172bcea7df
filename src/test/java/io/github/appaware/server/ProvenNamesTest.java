package io.github.appaware.server;

import static io.github.appaware.policy.Fixtures.connect;
import static io.github.appaware.policy.Fixtures.policy;
import static io.github.appaware.policy.Fixtures.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Event;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.testkit.FakeClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of a process that may have them mean other addresses. */
class ProvenNamesTest {
  private static final Application HONEST =
      Application.builder().file("a.jar").path("/a.jar").kind(Application.Kind.JAR).pid(7).build();
  private static final Application CHANGED = HONEST.withNamesChangedBy("`-Dx` changes names");
  private static final Event NAMED = connect("192.0.2.1", 443, "repo.example");

  private static boolean allows(Application app, Event event, String... lines) throws Exception {
    ActivePolicy active =
        new ActivePolicy(policy(lines), Mode.ENFORCE, BlindMode.ALLOW, new FakeClock());
    return active.decide(app, event, Origin.UNKNOWN).verdict().allowed();
  }

  @Test
  void anAllowanceOfAHostDoesNotApplyToThem() throws Exception {
    String[] host = {"[[rule]]", "action='allow'", "host='repo.example'"};
    for (Event event : List.of(NAMED, resolve("repo.example"))) {
      assertThat(allows(HONEST, event, host)).isTrue();
      assertThat(allows(CHANGED, event, host)).isFalse();
    }
  }

  @Test
  void anAllowanceOfTheAddressAndDenialsOfTheNameDo() throws Exception {
    String address = "[[rule]]\naction='allow'\naddress='192.0.2.1'\n";
    assertThat(allows(CHANGED, NAMED, address)).isTrue();
    String deny = "[[rule]]\naction='deny'\nhost='*.example'\n";
    assertThat(allows(CHANGED, NAMED, address, deny)).isFalse();
  }

  @Test
  void theQuestionIsAboutTheAddress() throws Exception {
    assertThat(ProvenNames.of(HONEST, NAMED)).isSameAs(NAMED);
    Event shown = ProvenNames.of(CHANGED, NAMED);
    assertThat(shown.describe()).isEqualTo("connect tcp to 192.0.2.1:443");
    assertThat(((Event.Inet) shown).names()).containsExactly("repo.example");
  }

  @Test
  void theRuleThatWouldAllowItNamesTheAddress() throws Exception {
    UnaskedEvents unasked = new UnaskedEvents();
    unasked.add(CHANGED, NAMED, Origin.UNKNOWN, () -> 0);
    unasked.add(CHANGED, resolve("repo.example"), Origin.UNKNOWN, () -> 0);
    List<String> blocks = unasked.blocks(policy(), Instant.now());
    assertThat(blocks.get(1)).contains("address  = \"192.0.2.1\"").doesNotContain("repo.example");
    assertThat(blocks.get(2)).isEqualTo("# no rule can allow resolve repo.example");
  }
}
