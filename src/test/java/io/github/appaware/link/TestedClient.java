package io.github.appaware.link;

import java.io.Closeable;

/** One of the clients, as the test of all of them needs it. */
public interface TestedClient extends Closeable {
  /** Makes a client. */
  interface Maker {
    TestedClient make(Servers servers, LinkTime time);
  }

  /** Begins to connect. */
  void start();

  /**
   * What it does about its connection, in this order: {@code connected} or {@code failed WHY}, then
   * {@code lost} and {@code back} in turn.
   */
  String news() throws InterruptedException;

  /** The same without waiting: null when there is nothing. */
  String newsUntilNow();

  @Override
  void close();
}
