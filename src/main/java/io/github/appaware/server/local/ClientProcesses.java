package io.github.appaware.server.local;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Which process is at the other end of a connection: by the kernel's word, not by the client's.
 * Where the kernel can't be asked, {@link #weakness} says so and the client's word has to do: the
 * secret that it presents is checked anyway. Safe for all threads.
 */
public interface ClientProcesses {
  /** What the user must know where the kernel should answer and can't; empty otherwise. */
  Optional<String> weakness();

  /**
   * The launcher's guard connected in a process's place: from now on that process is at the other
   * end.
   *
   * @throws IOException when it was not the launcher that connected
   */
  default void vouched(SocketChannel channel, long pid) throws IOException {
    throw new IOException("no guard can be told from another process");
  }

  /**
   * The process of an agent.
   *
   * @param claimed the number by which the process knows itself, perhaps in a namespace of its own
   * @return its number as the kernel gives it here
   * @throws ImpostorException when it is another process, with a message for the client
   */
  long agent(SocketChannel channel, long claimed) throws IOException;

  /**
   * The user of a console.
   *
   * @param claimed the user that it names
   * @throws ImpostorException when it is a process of the run, with a message for the client
   */
  String console(SocketChannel channel, String claimed) throws IOException;
}
