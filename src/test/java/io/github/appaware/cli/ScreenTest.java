package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When there are colours, and how a table fits. */
class ScreenTest {
  @ParameterizedTest
  @CsvSource({
    // option, environment, terminal, colours
    "AUTO, TERM=xterm, true, true",
    "AUTO, TERM=xterm, false, false",
    "AUTO, TERM=dumb, true, false",
    "AUTO, '', true, false",
    "AUTO, TERM=xterm NO_COLOR=1, true, false",
    "AUTO, TERM=xterm NO_COLOR=, true, true",
    "AUTO, TERM=xterm CLICOLOR=0, true, false",
    "AUTO, CLICOLOR_FORCE=1, false, true",
    "AUTO, CLICOLOR_FORCE=0, false, false",
    "AUTO, TERM=xterm CLICOLOR_FORCE=, false, false",
    "AUTO, CLICOLOR_FORCE=1 NO_COLOR=1, true, false",
    "ALWAYS, TERM=dumb NO_COLOR=1, false, true",
    "NEVER, TERM=xterm CLICOLOR_FORCE=1, true, false",
  })
  void theOptionComesFirstThenTheEnvironmentThenTheTerminal(
      ColorWhen when, String variables, boolean terminal, boolean colors) {
    Map<String, String> environment = new HashMap<>();
    for (String each : variables.split(" ", -1)) {
      if (!each.isEmpty()) {
        environment.put(each.split("=", -1)[0], each.split("=", -1)[1]);
      }
    }
    Screen screen =
        new Screen(environment) {
          @Override
          boolean isTerminal(int stream) {
            return terminal;
          }
        };
    screen.use(when);
    assertThat(screen.hasColors(Screen.OUT)).isEqualTo(colors);
    assertThat(screen.hasColors(Screen.ERR)).isEqualTo(colors);
  }

  @Test
  void aTableIsAsWideAsTheTerminalAndLosesNothing() {
    Table table = new Table("ID", "ACTION", "WHAT");
    table.add(List.of("a-rule", "allow", "connect tcp one.example,two.example:443 by day"));
    table.add(List.of("other", "deny", "connect"));
    assertThat(table.lines(44, UnaryOperator.identity()))
        .containsExactly(
            "ID      ACTION  WHAT",
            "a-rule  allow   connect tcp one.example,",
            "                two.example:443 by day",
            "other   deny    connect");
    assertThat(table.lines(44, word -> word.equals("deny") ? "<" + word + ">" : word))
        .contains("other   <deny>    connect");
    assertThat(table.lines()).hasSize(3);
  }
}
