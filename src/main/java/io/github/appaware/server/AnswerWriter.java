package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes rules of answers and writes them to the store. Not for threads that must not block. */
final class AnswerWriter {
  /** Fits into a message with all else that is in it. */
  private static final int MAX_PREVIEW_BYTES = 40_000;

  private final ActivePolicy activePolicy;
  private final PolicyStore store;
  private final Runnable reload;
  private final Clock clock;

  /**
   * For one server.
   *
   * @param reload puts in force what the store holds now
   */
  AnswerWriter(ActivePolicy activePolicy, PolicyStore store, Runnable reload, Clock clock) {
    this.activePolicy = activePolicy;
    this.store = store;
    this.reload = reload;
    this.clock = clock;
  }

  /**
   * The rule that says what was chosen, for any application.
   *
   * @throws AnswerException when no rule can say it, or its time is over
   */
  PolicyEntry rule(Choice choice, PendingAsk ask) throws AnswerException {
    Application app = ask.agent().application();
    int priority = activePolicy.priority(app, ask.event(), ask.origin());
    boolean named =
        choice.allow()
            && choice.scope() != Choice.Scope.ORIGIN
            && choice.scope() != Choice.Scope.APPLICATION;
    Event event =
        named ? ProvenNames.allowable(app, ask.event()) : ProvenNames.of(app, ask.event());
    PolicyEntry rule = AnswerRules.rule(choice, event, ask.origin(), priority);
    if (choice.term() == Choice.Term.UNTIL) {
      Instant end = Instant.ofEpochSecond(choice.until());
      if (!end.isAfter(clock.instant())) {
        throw new AnswerException("that time is over");
      }
      rule = rule.expires(end);
    }
    return rule;
  }

  /** Writes the rule, for the application that asked alone, and puts it in force. */
  QuestionMessage.Answered save(long id, String user, Run run, PolicyEntry rule, PendingAsk ask) {
    Application app = ask.agent().application();
    try {
      List<Answers.Saved> saved = store.append(additions(user, rule, ask));
      reload.run();
      Answers.Saved last = saved.get(saved.size() - 1);
      if (activePolicy.policy().rules().stream().anyMatch(each -> each.id().equals(last.id()))) {
        run.answers().remove(app, rule); // the policy says it now, and may be edited
      }
      return new QuestionMessage.Answered(
          id, true, "saved as rule \"" + last.id() + "\" (" + last.at() + ")");
    } catch (EditException | AnswerException e) {
      return unsaved(id, e.getMessage());
    } catch (RuntimeException | Error e) {
      return unsaved(id, e.toString());
    }
  }

  private static QuestionMessage.Answered unsaved(long id, String why) {
    return new QuestionMessage.Answered(id, true, "NOT saved, good for this run only: " + why);
  }

  /** The lines that {@link #save} would write. */
  QuestionMessage preview(String user, QuestionMessage.Preview preview, PendingAsk ask) {
    try {
      PolicyEntry rule = rule(preview.choice(), ask);
      List<String> problems = rule.check();
      if (!problems.isEmpty()) {
        throw new AnswerException("no rule can say that: " + String.join("; ", problems));
      }
      if (!preview.choice().term().isStored()) {
        return previewed(preview, "", List.of(), "");
      }
      List<String> lines = store.preview(additions(user, rule, ask));
      if (!Truncation.fits(lines, MAX_PREVIEW_BYTES)) {
        throw new AnswerException("the rule is too long to be shown");
      }
      return previewed(preview, store.answers(), lines, "");
    } catch (EditException | AnswerException e) {
      return previewed(preview, "", List.of(), e.getMessage());
    } catch (RuntimeException | Error e) {
      return previewed(preview, "", List.of(), e.toString());
    }
  }

  private static QuestionMessage previewed(
      QuestionMessage.Preview preview, String file, List<String> lines, String problem) {
    return new QuestionMessage.Previewed(preview.id(), file, lines, problem);
  }

  /** The rule for this application alone, and what gives the application an id if it has none. */
  private List<Answers.Addition> additions(String user, PolicyEntry rule, PendingAsk ask)
      throws AnswerException {
    List<Answers.Addition> additions = new ArrayList<>();
    Application app = ask.agent().application();
    Policy policy = activePolicy.policy();
    String appId = policy.match(app).id();
    Instant now = clock.instant();
    if (appId.isEmpty()) {
      PolicyEntry entry = AppBlocks.of(app, policy);
      appId = entry.text(AppKey.ID);
      AnswerComment added = new AnswerComment("added", now, user, "the application that asked");
      additions.add(new Answers.Addition(List.of(added.line()), entry));
    }
    AnswerComment answered = new AnswerComment("answered", now, user, ask.event().describe());
    additions.add(new Answers.Addition(List.of(answered.line()), rule.with(RuleKey.APP, appId)));
    return additions;
  }
}
