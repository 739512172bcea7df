package io.github.appaware.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The clients that people answer questions at. For a while after the server's start, and after the
 * connection to a responder broke, questions wait for one to come back; a responder that leaves on
 * purpose is not waited for. While it waits, nothing is allowed. Guarded by {@link QuestionQueue}.
 */
final class Responders {
  private final Set<ClientConnection> clients = new LinkedHashSet<>();

  /** Those of them that tell of questions and answer none. */
  private final Set<ClientConnection> announcers = new HashSet<>();

  private final Clock clock;
  private final Duration returnTime;
  private Instant since;

  /**
   * Begins to wait for a responder.
   *
   * @param returnTime for how long; zero for not at all
   */
  Responders(Clock clock, Duration returnTime) {
    this.clock = clock;
    this.returnTime = returnTime;
    this.since = clock.instant();
  }

  /** True when it was none before. */
  boolean add(ClientConnection client) {
    return clients.add(client);
  }

  /** As {@link #add}, of one that only tells its user that questions wait. */
  boolean announce(ClientConnection client) {
    announcers.add(client);
    return add(client);
  }

  /** The client leaves on purpose; true when it was a responder. */
  boolean remove(ClientConnection client) {
    announcers.remove(client);
    return clients.remove(client);
  }

  /** The connection broke; true when it was a responder's. */
  boolean disconnected(ClientConnection client) {
    boolean wasResponder = remove(client);
    if (wasResponder) {
      since = clock.instant();
    }
    return wasResponder;
  }

  /** Whether the client may answer questions of the run. */
  static boolean mayAnswer(ClientConnection client, Run run) {
    return client.session().filter(session -> session.mayAnswer(run)).isPresent();
  }

  /** Whether a question of the run may wait. */
  boolean isAnyFor(Run run) {
    return isAwaitingReturn() || clients.stream().anyMatch(client -> mayAnswer(client, run));
  }

  /** Whether no responder is left for the question, and none is waited for. */
  boolean isUnanswerable(OpenQuestion question) {
    return !isAwaitingReturn() && isDismissedByAll(question);
  }

  /** Whether each responder has left it to others. */
  boolean isDismissedByAll(OpenQuestion question) {
    return clients.stream().noneMatch(client -> isShownTo(client, question));
  }

  /** Setting the clock, either way, ends the wait rather than prolong it. */
  private boolean isAwaitingReturn() {
    Instant now = clock.instant();
    return !now.isBefore(since) && now.isBefore(since.plus(returnTime));
  }

  /** Whether another responder can answer the question. */
  boolean isAnyBeside(ClientConnection client, OpenQuestion question) {
    return clients.stream()
        .anyMatch(
            each -> each != client && !announcers.contains(each) && isShownTo(each, question));
  }

  static boolean isShownTo(ClientConnection client, OpenQuestion question) {
    return mayAnswer(client, question.key.run()) && !question.dismissed.contains(client);
  }

  /** The responders that are shown the question. */
  void forEach(OpenQuestion question, Consumer<ClientConnection> each) {
    clients.stream().filter(client -> isShownTo(client, question)).forEach(each);
  }
}
