package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.Message;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A server that must also allow what this one allows. What it can't be asked about is denied. Safe
 * for all threads; never blocks.
 */
public interface Upstream {
  /**
   * Asks for its verdict.
   *
   * @param person called when a person is asked there, with the milliseconds that it may take
   * @param then called once, by any thread
   */
  void ask(
      ClientConnection agent,
      Event event,
      Origin origin,
      LongConsumer person,
      Consumer<Verdict> then);

  /** Sends it what was decided without it, for its record. */
  void used(ClientConnection agent, Message.Used used);

  /** The connection to the agent is gone. */
  void gone(ClientConnection agent);
}
