package io.github.appaware.cli;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * The keys of a rule as options: one for each {@link RuleKey} but the action. The policy's reader
 * checks the values.
 */
final class RuleOptions {
  private final Map<RuleKey, OptionSpec> options = new EnumMap<>(RuleKey.class);

  /** Adds the options to the command that these are mixed into. */
  @Spec
  void addTo(CommandSpec spec) {
    for (RuleKey key : RuleKey.values()) {
      if (key != RuleKey.ACTION) {
        OptionSpec option = option(key);
        options.put(key, option);
        spec.addOption(option);
      }
    }
  }

  private static OptionSpec option(RuleKey key) {
    OptionSpec.Builder option =
        OptionSpec.builder("--" + key.label())
            .paramLabel(key.placeholder())
            .description(key.help())
            .arity("1");
    return switch (key.type()) {
      case TEXT, TIME -> option.type(String.class).build();
      case INTEGER -> option.type(Integer.class).build();
      case TEXTS -> option.type(List.class).auxiliaryTypes(String.class).build();
      case WORDS, PORTS ->
          option.type(List.class).auxiliaryTypes(String.class).splitRegex(",").build();
    };
  }

  /** A key that was not given is not in the rule; one that was given empty is a problem. */
  PolicyEntry rule(Action action, Instant now) throws UsageException {
    PolicyEntry rule = PolicyEntry.rule(action);
    for (Map.Entry<RuleKey, OptionSpec> option : options.entrySet()) {
      if (option.getValue().getValue() != null) {
        rule = with(rule, option.getKey(), option.getValue().getValue(), now);
      }
    }
    return rule;
  }

  /** Whether any option limits what the rule matches. */
  boolean hasCondition() {
    for (Map.Entry<RuleKey, OptionSpec> option : options.entrySet()) {
      if (option.getKey().isCondition() && option.getValue().getValue() != null) {
        return true;
      }
    }
    return false;
  }

  private static PolicyEntry with(PolicyEntry rule, RuleKey key, Object value, Instant now)
      throws UsageException {
    if (key == RuleKey.NOTE) {
      return rule.note((String) value);
    }
    return switch (key.type()) {
      case TEXT -> rule.with(key, (String) value);
      case TEXTS, WORDS, PORTS -> rule.withAny(key, texts(value));
      case INTEGER -> rule.priority((Integer) value);
      case TIME -> rule.expires(TimeArguments.after((String) value, now));
    };
  }

  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    ((List<?>) value).forEach(each -> texts.add((String) each));
    return texts;
  }
}
