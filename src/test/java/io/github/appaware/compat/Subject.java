package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Something that is run with the agent and without. */
interface Subject extends Closeable {
  String name();

  /** For the table. */
  String version();

  /**
   * The command.
   *
   * @param port of the test's to go to; 0 for the server that belongs to it
   * @param patience seconds after which it gives up in any case
   */
  List<String> command(Jdk jdk, int port, int patience) throws IOException;

  /** On top of the test's own. */
  default Map<String, String> environment(Jdk jdk) {
    return Map.of();
  }

  /** What it reads. */
  default String input() {
    return "";
  }

  /** Whether a script starts its JVMs, which say then that they got the agent. */
  default boolean script() {
    return false;
  }

  /** How it gets to a port of the test's; null when it goes nowhere but to its own. */
  default Peer peer() {
    return null;
  }

  /** Whether with the port 0 it goes to a server outside of it. */
  default boolean outside() {
    return false;
  }

  /** Called before each run. */
  default void reset() throws IOException {}

  /** How often since then its server outside of it was reached, as far as that server counts. */
  default int reached() {
    return 0;
  }

  @Override
  default void close() throws IOException {}

  /** What a listener of the test's has to watch. */
  enum Peer {
    TCP,
    UDP
  }
}
