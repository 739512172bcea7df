package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;

/** The servers that a client may use, and the way to them. Called by the link's threads. */
public interface Servers {
  /** How many there are. */
  int count();

  /** Names one in a message. */
  String name(int server);

  /**
   * Connects to one.
   *
   * @throws IOException that says in words why that failed
   */
  FrameChannel connect(int server) throws IOException;

  /** Says in words why a server ended the connection instead of answering the first message. */
  String explain(int server, IOException failure);

  /** Whether a server ended the connection because it does not accept the client. */
  boolean isRefusal(IOException failure);

  /**
   * Whether a broken connection is replaced. That of a local server is not: it ends with the run,
   * and its end is seen at once, so there are no heartbeats either.
   */
  boolean comeBack();

  /** What to send to the present server so that it renews the certificate; mostly null. */
  Message.Renew renewal(long now);

  /** The server's answer: a certificate, or null when it does not renew. */
  void renewed(String certificate) throws IOException;

  /** Called by each thread of the link before anything else. */
  void enter();
}
