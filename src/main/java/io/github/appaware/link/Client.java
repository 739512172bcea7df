package io.github.appaware.link;

import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a client does with its link. Called by the link's threads; unless said, by the reading one.
 */
public interface Client {
  /**
   * The frame of the first message, before each attempt to connect; may wait until that can begin.
   */
  ByteBuffer hello() throws IOException;

  /** A server has accepted the client; nothing else was said yet. */
  void welcomed(int epoch);

  /**
   * There is a connection, and what is asked from now on is asked over it.
   *
   * @param again whether there was one before
   */
  void connected(boolean again);

  /**
   * A message that the link does not handle itself.
   *
   * @return false to stop reading
   * @throws IOException to end the connection
   */
  boolean receive(Message message) throws IOException;

  /**
   * There is no connection: the present one broke, or another attempt failed. When the first
   * attempt fails, none follows.
   *
   * @param why in words
   * @param refused whether each server answers, and does not accept the client
   */
  void lost(String why, boolean refused);

  /** More was denied without a server than can be reported to it. By any thread. */
  void full();

  /**
   * By the thread that checks, about every second.
   *
   * @return the nanoseconds until it is to be called again, at the latest
   */
  default long check() {
    return Timing.CHECK;
  }

  /** The nanoseconds from {@link Link#reportSoon} to {@link #report}. By the writing thread. */
  default long reportAfter() {
    return 0;
  }

  /** Sends what is to be reported, with {@link Link#send}. By the writing thread. */
  default void report() throws IOException {}
}
