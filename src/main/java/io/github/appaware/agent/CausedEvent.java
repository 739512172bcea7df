package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import java.util.List;

/**
 * An event, the frames that caused it and the test: what a verdict that depends on the origin holds
 * for, and a line of the record. Has its own methods, as those of a record load the method-handle
 * library.
 */
record CausedEvent(Event event, List<Origin.Frame> frames, String test) {
  CausedEvent(Event event, Origin origin) {
    this(event, origin.frames(), origin.test());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CausedEvent that
        && event.equals(that.event)
        && test.equals(that.test)
        && frames.equals(that.frames);
  }

  @Override
  public int hashCode() {
    return 31 * event.hashCode() + frames.hashCode();
  }
}
