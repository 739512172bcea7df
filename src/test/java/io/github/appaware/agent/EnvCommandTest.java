package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvCommandTest {
  @ParameterizedTest
  @CsvSource({
    "env java, 1, true,",
    "/usr/bin/env java -version, 1, true,",
    "env -i java, 2, false,",
    "env - java, 2, false,",
    "env -iv java, 2, false,",
    "env --ignore-environment A=1 java, 3, false,",
    "env -u JAVA_TOOL_OPTIONS java, 3, false,",
    "env -uJAVA_TOOL_OPTIONS java, 2, false,",
    "env --unset=JAVA_TOOL_OPTIONS java, 2, false,",
    "env -u OTHER java, 3, true,",
    "env -C /tmp A=1 B=2 java C=3, 5, true,",
    "env -- A=1 java, 3, true,",
    "env JAVA_TOOL_OPTIONS=-Da=b java, 2, true, -Da=b",
    "env -i JAVA_TOOL_OPTIONS=-Da=b java, 3, false, -Da=b",
  })
  void theCommandProperIsBehindOptionsAndAssignments(
      String command, int operand, boolean inherits, String assigned) {
    assertThat(EnvCommand.of(command.split(" ")))
        .isEqualTo(new EnvCommand(operand, inherits, assigned));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "env", "env -i", "env A=1", "env -S java", "env --new-one java"})
  void whatIsNoSuchCommandOrCannotBeUnderstoodIsNone(String command) {
    assertThat(EnvCommand.of(command.split(" "))).isNull();
  }
}
