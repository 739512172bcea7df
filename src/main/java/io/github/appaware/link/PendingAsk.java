package io.github.appaware.link;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.WireException;
import java.nio.ByteBuffer;

/** An event that waits for its verdict, with all that is needed to ask again. */
public abstract class PendingAsk {
  private final Event event;
  private final Origin origin;

  /** Set by the link; the rest is under the lock of {@link PendingAsks}. */
  long id;

  boolean isPersons;

  /** When a person's time is over, by the link's time. */
  long until;

  protected PendingAsk(Event event, Origin origin) {
    this.event = event;
    this.origin = origin;
  }

  /** What is asked about. */
  public final Event event() {
    return event;
  }

  /** Called once by any thread, with the server's verdict or a denial in its place. */
  protected abstract void answer(Verdict verdict);

  /**
   * A person is asked; called by the reading thread, perhaps again after a reconnect.
   *
   * @param millis that the person has
   */
  protected abstract void asked(long millis);

  final ByteBuffer frame() throws WireException {
    return FrameChannel.frame(new Message.Ask(id, event, origin));
  }
}
