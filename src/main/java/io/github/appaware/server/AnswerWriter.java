package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
   * The rules that say what was chosen, for any application.
   *
   * @throws AnswerException when no rule can say it, or its time is over
   */
  List<PolicyEntry> rules(Choice choice, PendingAsk ask) throws AnswerException {
    Application app = ask.agent().application();
    int priority = activePolicy.priority(app, ask.event(), ask.origin());
    boolean named =
        choice.allow()
            && choice.scope() != Choice.Scope.ORIGIN
            && choice.scope() != Choice.Scope.APPLICATION;
    Event event =
        named ? ProvenNames.allowable(app, ask.event()) : ProvenNames.of(app, ask.event());
    List<PolicyEntry> rules = AnswerRules.rules(choice, event, ask.origin(), priority);
    if (choice.machineOnly()) {
      if (app.machine().isEmpty() || !AnswerScopes.isLiteral(app.machine())) {
        throw new AnswerException("no rule can name this machine");
      }
      rules = rules.stream().map(rule -> rule.with(RuleKey.MACHINE, app.machine())).toList();
    }
    if (choice.term() == Choice.Term.UNTIL) {
      Instant end = Instant.ofEpochSecond(choice.until());
      if (!end.isAfter(clock.instant())) {
        throw new AnswerException("that time is over");
      }
      rules = rules.stream().map(rule -> rule.expires(end)).toList();
    }
    return rules;
  }

  /**
   * Writes the rules, for the application that asked alone, and puts them in force.
   *
   * @param onSaved called with their places once they are durable
   */
  QuestionMessage.Answered save(
      long id,
      String user,
      Run run,
      List<PolicyEntry> rules,
      PendingAsk ask,
      Consumer<List<Answers.Saved>> onSaved) {
    Application app = ask.agent().application();
    try {
      List<Answers.Saved> saved = store.append(additions(user, rules, ask));
      reload.run();
      onSaved.accept(saved.subList(saved.size() - rules.size(), saved.size()));
      Answers.Saved first = saved.get(saved.size() - rules.size());
      if (activePolicy.policy().rules().stream().anyMatch(each -> each.id().equals(first.id()))) {
        run.answers().remove(app, rules); // the policy says it now, and may be edited
      }
      String more =
          rules.size() > 1 ? ", and " + (rules.size() - 1) + " for what belongs to it" : "";
      return new QuestionMessage.Answered(
          id, true, "saved as rule \"" + first.id() + "\" (" + first.at() + ")" + more);
    } catch (EditException | AnswerException e) {
      return unsaved(id, e.getMessage());
    } catch (RuntimeException | Error e) {
      return unsaved(id, e.toString());
    }
  }

  private static QuestionMessage.Answered unsaved(long id, String why) {
    return new QuestionMessage.Answered(id, true, "NOT saved, good for this run only: " + why);
  }

  /** Adds the application's hash to those of the id that it had, and puts that in force. */
  QuestionMessage pin(long id, Application app) {
    AppStanding standing = AppStanding.of(app, activePolicy.match(app));
    if (standing.formerly().isEmpty()) {
      return new QuestionMessage.Answered(id, false, "the policy knows no earlier build of it");
    }
    try {
      String at = store.addHash(standing.formerly(), app.sha256());
      reload.run();
      return new QuestionMessage.Answered(
          id, true, "it is `" + standing.formerly() + "`: hash added (" + at + ")");
    } catch (EditException e) {
      return new QuestionMessage.Answered(id, false, "NOT saved: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      return new QuestionMessage.Answered(id, false, "NOT saved: " + e);
    }
  }

  /** The lines that {@link #save} would write. */
  QuestionMessage preview(String user, QuestionMessage.Preview preview, PendingAsk ask) {
    try {
      List<PolicyEntry> rules = rules(preview.choice(), ask);
      List<String> problems = rules.stream().flatMap(rule -> rule.check().stream()).toList();
      if (!problems.isEmpty()) {
        throw new AnswerException("no rule can say that: " + String.join("; ", problems));
      }
      if (!preview.choice().term().isStored()) {
        return previewed(preview, "", List.of(), "");
      }
      List<String> lines = store.preview(additions(user, rules, ask));
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

  /** The rules for this application alone, and what gives the application an id if it has none. */
  private List<Answers.Addition> additions(String user, List<PolicyEntry> rules, PendingAsk ask)
      throws AnswerException {
    List<Answers.Addition> additions = new ArrayList<>();
    ClientSession.AgentSession agent = ask.agent();
    AnsweredApp app =
        AnsweredApp.of(agent.application(), agent.run().began(), activePolicy.policy(), Set.of());
    Instant now = clock.instant();
    app.block()
        .ifPresent(
            block -> {
              AnswerComment added =
                  new AnswerComment("added", now, user, "the application that asked");
              additions.add(new Answers.Addition(List.of(added.line()), block));
            });
    AnswerComment answered = new AnswerComment("answered", now, user, ask.event().describe());
    for (PolicyEntry rule : rules) {
      PolicyEntry limited = app.limit(rule, ask.origin());
      additions.add(new Answers.Addition(List.of(answered.line()), limited));
    }
    return additions;
  }
}
