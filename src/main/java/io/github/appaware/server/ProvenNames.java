package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import java.util.List;

/**
 * What an answer can be about. Of an application that {@linkplain Application#changesNames changes
 * what names mean}, a person sees the address, and the name as one that is merely known.
 */
final class ProvenNames {
  private ProvenNames() {}

  /** The event as it is asked about, and as the rule of an answer names it. */
  static Event of(Application app, Event event) {
    return app.changesNames() && event instanceof Event.Inet inet && inet.host() != null
        ? inet.withNames(List.of(inet.host()))
        : event;
  }

  /** The same, for a rule. */
  static Event allowable(Application app, Event event) throws AnswerException {
    if (app.changesNames() && event instanceof Event.Resolve resolve && resolve.host() != null) {
      throw new AnswerException(
          "no rule can allow a name to a process that changes what names resolve to");
    }
    return of(app, event);
  }
}
