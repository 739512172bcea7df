package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.server.Question.Waiting;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of an answer. It is in force at once, for what waits or for the run; one that is to
 * be stored is written then, on a thread of its own, so that a slow disk slows nobody, and is
 * called saved when it is. One that can't be written stays good for the run, and is said to be no
 * more.
 */
final class AnswerHandler implements Closeable {
  /** Less than the launcher waits for the summary. */
  private static final long PATIENCE_SECONDS = 3;

  private final ActivePolicy activePolicy;
  private final QuestionQueue questions;
  private final PolicyStore store;
  private final Runnable reload;
  private final Clock clock;
  private final ExecutorService keeper =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "answers");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * For one server.
   *
   * @param reload puts in force what the store holds now
   */
  AnswerHandler(
      ActivePolicy activePolicy,
      QuestionQueue questions,
      PolicyStore store,
      Runnable reload,
      Clock clock) {
    this.activePolicy = activePolicy;
    this.questions = questions;
    this.store = store;
    this.reload = reload;
    this.clock = clock;
  }

  /** A message of a client that may answer; {@code who} sits there. */
  void receive(ClientConnection client, String who, QuestionMessage message) {
    if (message instanceof QuestionMessage.Answer answer) {
      answer(client, who, answer);
    } else if (message instanceof QuestionMessage.Preview preview) {
      keeper.execute(() -> client.send(preview(client, who, preview)));
    } else if (message instanceof QuestionMessage.Inspect inspect) {
      keeper.execute(() -> client.send(inspect(client, inspect)));
    } else if (message instanceof QuestionMessage.Dismiss dismiss) {
      questions.dismiss(client, who, dismiss.question());
    } else if (message instanceof QuestionMessage.DenyRest deny) {
      questions.find(client, deny.question()).ifPresent(question -> denyRest(question, who));
    } else if (message instanceof QuestionMessage.Attend attend) {
      questions.attend(client, attend.able());
    } else {
      throw new IllegalArgumentException(message.getClass().getSimpleName());
    }
  }

  /** On the thread that stores answers, so after all of them. */
  void flush(ClientConnection client, Message.Flush flush) {
    keeper.execute(() -> client.send(new Message.Noted(flush.id())));
  }

  private void denyRest(Question question, String who) {
    Run run = question.key.run();
    run.answers().denyRest(who);
    questions.reconsider(each -> each.key.run() == run);
  }

  /** One after the other: of two answers to one question the first counts. */
  private synchronized void answer(
      ClientConnection client, String who, QuestionMessage.Answer answer) {
    Question question = questions.find(client, answer.question()).orElse(null);
    Waiting first = question == null ? null : questions.first(question).orElse(null);
    if (first == null) {
      client.send(new QuestionMessage.Answered(answer.id(), false, "it is settled already"));
      return;
    }
    try {
      String text = apply(client, who, answer, question, first);
      if (text != null) {
        client.send(new QuestionMessage.Answered(answer.id(), true, text));
      }
    } catch (AnswerException e) {
      client.send(new QuestionMessage.Answered(answer.id(), false, e.getMessage()));
    }
  }

  /** What there is to say; null when that comes later. */
  private String apply(
      ClientConnection client,
      String who,
      QuestionMessage.Answer answer,
      Question question,
      Waiting first)
      throws AnswerException {
    Choice choice = answer.choice();
    boolean one = choice.scope() == Choice.Scope.ENDPOINT;
    if (choice.term() == Choice.Term.ONCE) {
      Policy covered = one ? null : RunAnswers.compile(List.of(unchecked(choice, first)));
      if (!questions.settleOnce(question, choice, covered, who)) {
        throw new AnswerException("it is settled already");
      }
      return "";
    }
    Application app = first.agent().application();
    Run run = question.key.run();
    PolicyEntry rule = unchecked(choice, first);
    // What waits goes on at once; the rest takes milliseconds.
    boolean unused = questions.settleOnce(question, choice, RunAnswers.compile(List.of(rule)), who);
    try {
      run.answers().add(app, rule, who);
    } catch (AnswerException e) {
      return "good for what waited only: " + e.getMessage();
    }
    questions.reconsider(each -> each.key.isOf(question.key));
    if (!choice.term().isStored()) {
      return "";
    }
    keeper.execute(() -> client.send(save(answer.id(), who, app, run, rule, first)));
    return null;
  }

  private PolicyEntry rule(Choice choice, Waiting first) throws AnswerException {
    PolicyEntry rule = unchecked(choice, first);
    List<String> problems = rule.check();
    if (!problems.isEmpty()) {
      throw new AnswerException("no rule can say that: " + String.join("; ", problems));
    }
    return rule;
  }

  private PolicyEntry unchecked(Choice choice, Waiting first) throws AnswerException {
    int priority =
        activePolicy.priority(first.agent().application(), first.event(), first.origin());
    PolicyEntry rule = AnswerScopes.rule(choice, first.event(), first.origin(), priority);
    if (choice.term() == Choice.Term.UNTIL) {
      Instant end = Instant.ofEpochSecond(choice.until());
      if (!end.isAfter(clock.instant())) {
        throw new AnswerException("that time is over");
      }
      rule = rule.expires(end);
    }
    return rule;
  }

  private QuestionMessage.Answered save(
      long id, String who, Application app, Run run, PolicyEntry rule, Waiting first) {
    try {
      List<Answers.Saved> saved = store.append(additions(who, app, rule, first));
      reload.run();
      Answers.Saved last = saved.get(saved.size() - 1);
      if (activePolicy.policy().rules().stream().anyMatch(each -> each.id().equals(last.id()))) {
        run.answers().remove(app, rule); // the policy says it now, as long as it stands there
      }
      return new QuestionMessage.Answered(
          id, true, "saved as rule \"" + last.id() + "\" (" + last.at() + ")");
    } catch (EditException | AnswerException e) {
      return new QuestionMessage.Answered(
          id, true, "NOT saved, good for this run only: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      return new QuestionMessage.Answered(id, true, "NOT saved, good for this run only: " + e);
    }
  }

  /** The rule for this application alone, and what gives it an id if it has none. */
  private List<Answers.Addition> additions(
      String who, Application app, PolicyEntry rule, Waiting first) throws AnswerException {
    List<Answers.Addition> additions = new ArrayList<>();
    Policy policy = activePolicy.policy();
    String appId = policy.match(app).id();
    AnswerComment comment =
        new AnswerComment("answered", clock.instant(), who, first.event().describe());
    if (appId.isEmpty()) {
      PolicyEntry block = AppBlocks.of(app, policy);
      appId = block.text(AppKey.ID);
      AnswerComment met =
          new AnswerComment("added", clock.instant(), who, "the application that asked");
      additions.add(new Answers.Addition(List.of(met.line()), block));
    }
    additions.add(new Answers.Addition(List.of(comment.line()), rule.with(RuleKey.APP, appId)));
    return additions;
  }

  private QuestionMessage preview(
      ClientConnection client, String who, QuestionMessage.Preview preview) {
    Optional<Waiting> first = questions.find(client, preview.question()).flatMap(questions::first);
    if (first.isEmpty()) {
      return new QuestionMessage.Previewed(preview.id(), "", List.of(), "it is settled already");
    }
    try {
      PolicyEntry rule = rule(preview.choice(), first.get());
      if (!preview.choice().term().isStored()) {
        return new QuestionMessage.Previewed(preview.id(), "", List.of(), "");
      }
      Application app = first.get().agent().application();
      List<String> lines = store.preview(additions(who, app, rule, first.get()));
      if (!Truncation.fits(lines, 40_000)) {
        throw new AnswerException("the rule is too long to be shown");
      }
      return new QuestionMessage.Previewed(preview.id(), store.answers(), lines, "");
    } catch (EditException | AnswerException e) {
      return new QuestionMessage.Previewed(preview.id(), "", List.of(), e.getMessage());
    } catch (RuntimeException | Error e) {
      return new QuestionMessage.Previewed(preview.id(), "", List.of(), e.toString());
    }
  }

  private QuestionMessage inspect(ClientConnection client, QuestionMessage.Inspect inspect) {
    return questions
        .find(client, inspect.question())
        .flatMap(questions::first)
        .map(
            first ->
                QuestionDetails.of(inspect.id(), first, activePolicy.policy(), clock.instant()))
        .orElse(new QuestionMessage.Details(inspect.id(), List.of(), List.of(), List.of()));
  }

  /** Waits, some seconds at most, until what was answered so far is kept and said to be. */
  void await() {
    try {
      keeper.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      // A disk or a store that slow is waited for once more, by close.
    }
  }

  /** What was answered last is still kept: the application may have ended with that answer. */
  @Override
  public void close() {
    keeper.shutdown();
    try {
      boolean unused = keeper.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keeper.shutdownNow();
  }
}
