package io.github.appaware.server;

import io.github.appaware.event.Verdict;
import io.github.appaware.wire.QuestionMessage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shows open questions to responders: at once when one opens or closes, every 200 ms what changed
 * about others. Guarded by {@link QuestionQueue}.
 */
final class QuestionAnnouncer {
  private static final long INTERVAL_MILLIS = 200;

  private final OpenQuestions open;
  private final Responders responders;
  private final Function<ClientSession.AgentSession, AppStanding> standing;
  private final ScheduledExecutorService timer;
  private final Runnable refresh;
  private boolean isScheduled;

  /**
   * For one queue.
   *
   * @param refresh called by the timer; calls {@link #refresh} under the queue's lock
   */
  QuestionAnnouncer(
      OpenQuestions open,
      Responders responders,
      Function<ClientSession.AgentSession, AppStanding> standing,
      ScheduledExecutorService timer,
      Runnable refresh) {
    this.open = open;
    this.responders = responders;
    this.standing = standing;
    this.timer = timer;
    this.refresh = refresh;
  }

  void opened(OpenQuestion question) {
    announce(question);
    makeOthersStale(question);
    schedule();
  }

  /** One more ask of the question waits, or one less. */
  void changed(OpenQuestion question) {
    question.isStale = true;
    schedule();
  }

  /** Responders are to see all questions, and who else sees them. */
  void respondersChanged() {
    open.makeStale(question -> true);
    schedule();
  }

  /**
   * Sends the end of a question to the responders that were shown it.
   *
   * @param user who answered it, or empty
   */
  void closed(OpenQuestion question, Verdict verdict, String user, String how) {
    makeOthersStale(question);
    for (ClientConnection client : question.notified) {
      client.send(new QuestionMessage.Settled(question.id, verdict.allowed(), user, how));
    }
  }

  /** Announces what changed, while anything is open. */
  void refresh() {
    isScheduled = false;
    open.matching(question -> question.isStale).forEach(this::announce);
    schedule();
  }

  private void schedule() {
    if (!isScheduled && open.size() > 0) {
      isScheduled = true;
      var unused = timer.schedule(refresh, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void announce(OpenQuestion question) {
    question.isStale = false;
    AppStanding of = standing.apply(question.first().agent());
    responders.forEach(
        question,
        client -> {
          boolean elsewhere = responders.isAnyBeside(client, question);
          if (client.offer(question.message(of, open.othersFor(client), elsewhere))) {
            question.notified.add(client);
          } else {
            question.isStale = true; // again when the client has read what it was sent
          }
        });
  }

  private void makeOthersStale(OpenQuestion question) {
    open.makeStale(each -> each.id != question.id);
  }
}
