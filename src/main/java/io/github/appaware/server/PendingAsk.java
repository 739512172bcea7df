package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;

/**
 * An event that an agent waits to have decided.
 *
 * @param id of the agent's message
 * @param since {@link System#nanoTime} when the message was read
 * @param isAsked whether a person is asked about it
 */
record PendingAsk(
    ClientConnection client, long id, Event event, Origin origin, long since, boolean isAsked) {
  /** The same, once a person is asked. */
  PendingAsk asked() {
    return new PendingAsk(client, id, event, origin, since, true);
  }

  /** The agent, under the id that the policy in force gives its application. */
  ClientSession.AgentSession agent() {
    return (ClientSession.AgentSession) client.session().orElseThrow();
  }
}
