package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A run that is answered as fast as answers can be saved: prints the id of each one when it is told
 * that it is saved, until it is killed.
 */
final class SavingProcess {
  private SavingProcess() {}

  /** Arguments: the file, a name for the ids, how many answers at most. */
  public static void main(String[] arguments) {
    try {
      save(arguments);
    } catch (EditException refusal) {
      System.err.println(refusal.getMessage());
      System.exit(1);
    }
  }

  private static void save(String[] arguments) throws EditException {
    Answers answers = new Answers(Path.of(arguments[0]), List.of());
    AnswerComment comment = new AnswerComment("answered", Instant.EPOCH, "me", "x");
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      PolicyEntry rule =
          PolicyEntry.rule(Action.DENY)
              .with(RuleKey.ID, arguments[1] + "-" + i)
              .with(RuleKey.HOST, "h" + i + ".example");
      System.out.println(answers.append(rule, comment).id());
    }
  }
}
