package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocaleCheckTest {
  private static final List<String> GOOD = List.of("run", "/tmp/a.jar");

  @Test
  void whatTheLocaleLacksIsFoundInArgumentsAndPlaces() {
    List<String> bad = List.of("run", "/tmp/\ufffd\ufffdx");
    assertThat(LocaleCheck.unreadable("ANSI_X3.4-1968", bad, GOOD))
        .isEqualTo("the argument `/tmp/??x`");
    assertThat(LocaleCheck.unreadable("ANSI_X3.4-1968", GOOD, bad))
        .isEqualTo("the path `/tmp/??x`");
    assertThat(LocaleCheck.unreadable("ANSI_X3.4-1968", GOOD, GOOD)).isEmpty();
  }

  @Test
  void withUtf8TheUserMayTypeTheCharacter() {
    assertThat(LocaleCheck.unreadable("UTF-8", List.of("\ufffd"), GOOD)).isEmpty();
  }
}
