package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.Message;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A server above this one, which must allow what this one allows. What it can't be asked is denied.
 * Safe for all threads; never blocks.
 */
public interface Upstream {
  /**
   * Asks it.
   *
   * @param person told when a person is asked there: the milliseconds that it may take
   * @param then told once, by any thread
   */
  void ask(
      ClientConnection agent,
      Event event,
      Origin origin,
      LongConsumer person,
      Consumer<Verdict> then);

  /** Tells it what was decided without it: for its record. */
  void used(ClientConnection agent, Message.Used used);

  /** The agent is gone. */
  void gone(ClientConnection agent);
}
