package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessInfoTest {
  /** Everything behind the name, as Linux 6.18 writes it. */
  static final String REST =
      " 0 34 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 2924544 233 18446744073709551615 1 1 0";

  @Test
  void readsTheFieldsBehindTheName() {
    assertThat(ProcessInfo.parse("42 (java) S 7 42" + REST + "\n"))
        .contains(new ProcessInfo(42, "java", 'S', 7, 4711));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "(sd-pam)",
        ") S 1 1",
        "x) Z 1 (y",
        "two\nlines",
        "",
        "((",
        "))",
        "\t",
        "\u00ff"
      })
  void aNameMayHoldAnything(String name) {
    assertThat(ProcessInfo.parse("42 (" + name + ") Z 7 42" + REST))
        .contains(new ProcessInfo(42, name, 'Z', 7, 4711));
  }

  @Property
  void noNameChangesWhatIsRead(@ForAll String name) {
    assertThat(ProcessInfo.parse("42 (" + name + ") R 7 42" + REST))
        .contains(new ProcessInfo(42, name, 'R', 7, 4711));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "42 (java)",
        "42 (java) S",
        "42 (java) S 7 1 2 3",
        "(java) S 7 42",
        ") ( S 7 42",
        "x (java) S 7 42 0 34 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 1 2",
        "42 (java) S -7 42 0 34 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 1 2",
        "42 (java) SZ 7 42 0 34 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 1 2",
        "42 (java) S 7 42 0 34 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 99999999999999999999 1 2"
      })
  void whatIsNotOfThatFormIsNoProcess(String stat) {
    assertThat(ProcessInfo.parse(stat)).isEqualTo(Optional.empty());
  }

  @Property
  void anyTextIsReadOrEmpty(@ForAll String text) {
    assertThat(ProcessInfo.parse(text)).isNotNull();
  }
}
