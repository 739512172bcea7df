package io.github.appaware.server;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.Closeable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Handles what people say at responders. An answer is in force at once, for the events that wait or
 * for the run. One that is to be stored is then written by a thread of its own, so that a slow disk
 * delays no decision, and reported as saved once it is durable; if it can't be written, it stays in
 * force for the run, and the report says so.
 */
final class AnswerHandler implements Closeable {
  /** Shorter than the launcher waits for the summary. */
  private static final long TIMEOUT_SECONDS = 3;

  private static final String CLOSED = "the question is closed already";

  private final ActivePolicy activePolicy;
  private final QuestionQueue questions;
  private final AnswerWriter writer;
  private final GivenAnswers given;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(DaemonThreads.named("answers"));

  AnswerHandler(
      ActivePolicy activePolicy,
      QuestionQueue questions,
      AnswerWriter writer,
      GivenAnswers given,
      Clock clock) {
    this.activePolicy = activePolicy;
    this.questions = questions;
    this.writer = writer;
    this.given = given;
    this.clock = clock;
  }

  /** A message from a client that may answer; {@code user} is the person there. */
  void receive(ClientConnection client, String user, QuestionMessage message) {
    if (message instanceof QuestionMessage.Answer answer) {
      answer(client, user, answer);
    } else if (message instanceof QuestionMessage.Preview preview) {
      thread.execute(() -> client.send(preview(client, user, preview)));
    } else if (message instanceof QuestionMessage.Inspect inspect) {
      thread.execute(() -> client.send(inspect(client, inspect)));
    } else if (message instanceof QuestionMessage.Pin pin) {
      thread.execute(() -> client.send(pin(client, pin)));
    } else if (message instanceof QuestionMessage.Dismiss dismiss) {
      questions.dismiss(client, dismiss.question());
    } else if (message instanceof QuestionMessage.DenyRest deny) {
      questions.find(client, deny.question()).ifPresent(question -> denyRest(question, user));
    } else if (message instanceof QuestionMessage.Engage engage) {
      questions.engage(client, engage.question());
    } else if (message instanceof QuestionMessage.TakeBack back) {
      thread.execute(() -> client.send(takeBack(client, back)));
    } else if (message instanceof QuestionMessage.Attend attend) {
      questions.attend(client, attend.able());
    } else if (message instanceof QuestionMessage.Announce) {
      questions.announce(client);
    } else {
      throw new IllegalArgumentException(message.getClass().getSimpleName());
    }
  }

  /** On the thread that stores answers, so after all of them. */
  void flush(ClientConnection client, Message.Flush flush) {
    thread.execute(() -> client.send(new Message.Noted(flush.id())));
  }

  private void denyRest(OpenQuestion question, String user) {
    Run run = question.key.run();
    run.answers().denyRest(user);
    questions.reconsider(each -> each.key.run() == run);
  }

  /** One at a time: of two answers to one question the first counts. */
  private synchronized void answer(
      ClientConnection client, String user, QuestionMessage.Answer answer) {
    OpenQuestion question = questions.find(client, answer.question()).orElse(null);
    PendingAsk first = question == null ? null : questions.first(question).orElse(null);
    if (first == null) {
      client.send(new QuestionMessage.Answered(answer.id(), false, CLOSED));
      return;
    }
    try {
      Optional<String> text = apply(client, user, answer, question, first);
      text.ifPresent(known -> client.send(new QuestionMessage.Answered(answer.id(), true, known)));
    } catch (AnswerException e) {
      client.send(new QuestionMessage.Answered(answer.id(), false, e.getMessage()));
    }
  }

  /** The report to the client; empty when it follows, once the answer is stored. */
  private Optional<String> apply(
      ClientConnection client,
      String user,
      QuestionMessage.Answer answer,
      OpenQuestion question,
      PendingAsk first)
      throws AnswerException {
    Choice choice = answer.choice();
    List<PolicyEntry> rules = List.of();
    if (choice.term() != Choice.Term.ONCE || choice.scope() != Choice.Scope.ENDPOINT) {
      rules = writer.rules(choice, first);
    }
    Policy covered = rules.isEmpty() ? null : RunAnswers.compile(rules);
    // What waits goes on at once; the rest takes milliseconds.
    boolean any = questions.answerOnce(question, choice, covered, user);
    if (choice.term() == Choice.Term.ONCE) {
      if (!any) {
        throw new AnswerException(CLOSED);
      }
      return Optional.of("");
    }
    Run run = question.key.run();
    try {
      run.answers().add(first.agent().application(), rules, user);
    } catch (AnswerException e) {
      return Optional.of("good for what waited only: " + e.getMessage());
    }
    questions.reconsider(each -> each.key.isSameApplication(question.key));
    List<PolicyEntry> stored = rules;
    GivenAnswers.Given it = new GivenAnswers.Given(run, first.agent().application(), stored);
    given.add(client, question.id, it);
    if (!choice.term().isStored()) {
      return Optional.of("");
    }
    thread.execute(
        () -> client.send(writer.save(answer.id(), user, run, stored, first, it::saved)));
    return Optional.empty();
  }

  /** On the thread that stores answers, so after the one that it is about. */
  private QuestionMessage takeBack(ClientConnection client, QuestionMessage.TakeBack back) {
    try {
      String text = given.takeBack(client, back.question());
      return new QuestionMessage.Answered(back.id(), true, text);
    } catch (AnswerException e) {
      return new QuestionMessage.Answered(back.id(), false, e.getMessage());
    } catch (RuntimeException | Error e) {
      return new QuestionMessage.Answered(back.id(), false, e.toString());
    }
  }

  /** Any connection is gone. */
  void gone(ClientConnection client) {
    given.forget(client);
  }

  /** The rules of the application as it was apply to the waiting questions at once. */
  private QuestionMessage pin(ClientConnection client, QuestionMessage.Pin pin) {
    return questions
        .find(client, pin.question())
        .flatMap(questions::first)
        .map(first -> writer.pin(pin.id(), first.agent().application()))
        .orElse(new QuestionMessage.Answered(pin.id(), false, CLOSED));
  }

  private QuestionMessage preview(
      ClientConnection client, String user, QuestionMessage.Preview preview) {
    return questions
        .find(client, preview.question())
        .flatMap(questions::first)
        .map(first -> writer.preview(user, preview, first))
        .orElse(new QuestionMessage.Previewed(preview.id(), "", List.of(), CLOSED));
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

  /** Waits, a few seconds at most, until the answers so far are stored and reported. */
  void await() {
    try {
      thread.submit(() -> {}).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      // A disk or a store as slow as that is waited for once more, by close.
    }
  }

  /** The last answers are still stored: the application may have ended because of one. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
