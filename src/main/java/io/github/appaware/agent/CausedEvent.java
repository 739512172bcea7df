package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import java.util.List;

/**
 * An event and the frames that caused it: what a verdict that depends on the origin holds for. Has
 * its own methods, as those of a record load the method-handle library.
 */
record CausedEvent(Event event, List<Origin.Frame> frames) {
  @Override
  public boolean equals(Object other) {
    return other instanceof CausedEvent that
        && event.equals(that.event)
        && frames.equals(that.frames);
  }

  @Override
  public int hashCode() {
    return 31 * event.hashCode() + frames.hashCode();
  }
}
