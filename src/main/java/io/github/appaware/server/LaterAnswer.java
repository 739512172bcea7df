package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import java.util.List;
import java.util.regex.Pattern;

/** Words how a question that ran out can be answered afterwards: the command that allows it. */
final class LaterAnswer {
  /** What a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final String SUMMARY = "the summary says what to add to the policy to allow it";

  private LaterAnswer() {}

  /**
   * A sentence.
   *
   * @param app with the id that the policy gives it; without one a command would be for all
   * @param priority of the rule that asks
   * @param file where answers are kept
   */
  static String of(Application app, Event event, int priority, String file) {
    String what = event.describe() + " was not answered in time; ";
    try {
      Choice choice = new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ALWAYS);
      List<PolicyEntry> rules =
          AnswerRules.rules(choice, ProvenNames.allowable(app, event), Origin.UNKNOWN, priority);
      if (app.id().isEmpty() || file.isEmpty() || rules.size() != 1) {
        return what + SUMMARY;
      }
      PolicyEntry rule = rules.get(0);
      if (!rule.check().isEmpty()) {
        return what + SUMMARY;
      }
      String command = command(rule.with(RuleKey.APP, app.id()), file);
      boolean typable = command.equals(Text.printable(command));
      return what + (typable ? "to allow it: `" + command + "`" : SUMMARY);
    } catch (AnswerException e) {
      return what + "no rule can allow it";
    }
  }

  private static String command(PolicyEntry rule, String file) {
    StringBuilder line = new StringBuilder("appaware policy add -p ").append(quoted(file));
    for (RuleKey key : RuleKey.values()) {
      if (key != RuleKey.ACTION && rule.has(key)) {
        String values = String.join(",", rule.texts(key));
        line.append(" --").append(key.label()).append(' ').append(quoted(values));
      }
    }
    return line + " allow";
  }

  private static String quoted(String text) {
    boolean plain = PLAIN.matcher(text).matches();
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
