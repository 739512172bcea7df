package io.github.appaware.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who may be asked, and whether somebody is expected who can't be yet: for a while after the start,
 * and after the connection of one who may be asked broke. Who leaves on purpose is not expected.
 * Nothing is allowed for an expectation: when nobody has come, it is denied as ever. Guarded by
 * {@link QuestionQueue}.
 */
final class Responders {
  private final Set<ClientConnection> clients = new LinkedHashSet<>();
  private final Clock clock;
  private final Duration patience;
  private Instant began;

  /**
   * Begins to expect somebody.
   *
   * @param patience for how long; zero for not at all
   */
  Responders(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
    this.began = clock.instant();
  }

  /** True when it did not attend before. */
  boolean add(ClientConnection client) {
    return clients.add(client);
  }

  /** It wants no more questions; true when it did before. */
  boolean remove(ClientConnection client) {
    return clients.remove(client);
  }

  /** Its connection is gone; true when it attended. */
  boolean lost(ClientConnection client) {
    boolean attended = clients.remove(client);
    if (attended) {
      began = clock.instant();
    }
    return attended;
  }

  /** Whether the client may answer questions of the run. */
  static boolean answersFor(ClientConnection client, Run run) {
    return client.session().filter(session -> session.mayAnswer(run)).isPresent();
  }

  /** Whether a question of the run may wait for somebody. */
  boolean isAnyFor(Run run) {
    return isExpecting() || clients.stream().anyMatch(client -> answersFor(client, run));
  }

  /** Whether there is nobody left who could answer it, and nobody is expected. */
  boolean isForsaken(Question question) {
    return !isExpecting() && clients.stream().noneMatch(client -> isFor(question, client));
  }

  /** Whether everybody who attends has left it to others. */
  boolean isDismissedByAll(Question question) {
    return clients.stream().noneMatch(client -> isFor(question, client));
  }

  /** A clock that is set, whichever way, ends it rather than drag it out. */
  private boolean isExpecting() {
    Instant now = clock.instant();
    return !now.isBefore(began) && now.isBefore(began.plus(patience));
  }

  /** Whether the question is to be shown to the client. */
  static boolean isFor(Question question, ClientConnection client) {
    return answersFor(client, question.key.run()) && !question.dismissed.contains(client);
  }

  /** Those who are shown the question. */
  void forEach(Question question, Consumer<ClientConnection> each) {
    clients.stream().filter(client -> isFor(question, client)).forEach(each);
  }
}
