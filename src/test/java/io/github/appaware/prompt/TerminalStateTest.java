package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalStateTest {
  @Test
  void aStateIsOneWord() {
    assertThat(new TerminalState("4500:5:bf:8a3b:3:1c:7f").text()).startsWith("4500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sane", "1;2", "1 2", "$(id)"})
  void nothingElseIsTakenFromAnotherProcess(String text) {
    assertThatThrownBy(() -> new TerminalState(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
