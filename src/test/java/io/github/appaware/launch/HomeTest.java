package io.github.appaware.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.RemoteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container may run a program under a number that has no name and no home directory. */
class HomeTest {
  @Test
  void theUsersDirectoryIsTheJdksThenTheEnvironments() {
    assertThat(Installation.home(Map.of("HOME", "/h"), "/home/me")).isEqualTo(Path.of("/home/me"));
    assertThat(Installation.home(Map.of("HOME", "/h"), "?")).isEqualTo(Path.of("/h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "", "relative/home"})
  void aRelativeHomeIsNone(String home) {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("HOME", home))) {
      Path none = Installation.home(environment, home);
      assertThat(none).isEqualTo(Installation.NO_HOME);
      assertThat(Files.exists(none)).isFalse();
    }
    assertThat(RemoteOptions.store(Map.of(), home).startsWith(Installation.NO_HOME)).isTrue();
  }
}
