package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Peer;

/**
 * What makes two events the same question: run, application, and what is asked. Thread, origin and
 * the application's own port do not count; the process at the other end does.
 */
record QuestionKey(Run run, ApplicationKey application, String what) {
  static QuestionKey of(ClientSession.AgentSession agent, Event event) {
    Application app = agent.application();
    Event shown = ProvenNames.of(app, event);
    return new QuestionKey(agent.run(), ApplicationKey.of(app), what(shown));
  }

  boolean isSameApplication(QuestionKey other) {
    return run == other.run && application.equals(other.application);
  }

  private static String what(Event event) {
    Peer peer = event.peer();
    return peer == null ? endpoint(event) : endpoint(event) + " " + peer;
  }

  private static String endpoint(Event event) {
    if (event instanceof Event.Inet inet) {
      boolean isLocal = AnswerScopes.isLocal(inet.kind());
      boolean isNamed = !isLocal && inet.host() != null;
      String host = isNamed ? inet.host() : inet.address().toString();
      int port = inet.kind().isInbound() ? inet.localPort() : inet.port();
      return inet.kind() + " " + inet.protocol() + " " + host + " " + port;
    }
    if (event instanceof Event.Resolve resolve) {
      return "resolve " + (resolve.host() != null ? resolve.host() : resolve.address());
    }
    if (event instanceof Event.Unix unix) {
      return unix.kind() + " unix " + unix.path();
    }
    return event.describe();
  }
}
