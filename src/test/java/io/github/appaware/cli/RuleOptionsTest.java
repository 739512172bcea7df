package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** {@code policy add} has an option for each key of a rule, and puts each into the rule. */
class RuleOptionsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @Command
  private static final class Holder {
    @Mixin private RuleOptions options;
  }

  private final Holder holder = new Holder();
  private final CommandLine line = new CommandLine(holder);

  @Test
  void eachKeyButTheActionIsAnOption() {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      names.add(option.longestName());
      assertThat(option.description()).as(option.longestName()).hasSize(1);
      assertThat(option.description()[0]).endsWith(".");
    }
    List<String> expected = new ArrayList<>();
    for (RuleKey key : RuleKey.values()) {
      if (key != RuleKey.ACTION) {
        expected.add("--" + key.label());
      }
    }

    assertThat(names).isEqualTo(expected);
  }

  @Test
  void eachOptionIsInTheRule() throws Exception {
    List<String> arguments = new ArrayList<>();
    for (RuleKey key : RuleKey.values()) {
      if (key != RuleKey.ACTION) {
        arguments.add("--" + key.label());
        arguments.add(key.type() == RuleKey.Type.TIME ? "1h" : "1");
      }
    }
    line.parseArgs(arguments.toArray(String[]::new));

    List<String> lines = holder.options.rule(Action.DENY, NOW).lines();

    assertThat(lines).hasSize(1 + RuleKey.values().length);
    for (RuleKey key : RuleKey.values()) {
      assertThat(lines).as(key.label()).anyMatch(each -> each.matches(key.label() + " += .*"));
    }
  }

  @Test
  void commasPartValuesThatHaveNone() throws Exception {
    line.parseArgs("--host", "a,b", "--host", "c", "--path", "/a,b", "--port", "1,2");

    PolicyEntry rule = holder.options.rule(Action.DENY, NOW);

    assertThat(rule.lines())
        .containsExactly(
            "[[rule]]",
            "action = \"deny\"",
            "host   = [\"a\", \"b\", \"c\"]",
            "port   = [1, 2]",
            "path   = \"/a,b\"");
  }

  @Test
  void withoutOptionsTheRuleHasItsActionOnly() throws Exception {
    line.parseArgs();

    assertThat(holder.options.rule(Action.ASK, NOW).lines())
        .containsExactly("[[rule]]", "action = \"ask\"");
  }
}
