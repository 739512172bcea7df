package io.github.appaware.link;

/**
 * The times and limits of a client's connection, in nanoseconds where nothing else is said. They
 * are the same for every client.
 */
public final class Timing {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  /** For each step of connecting: TCP, and the handshake of TLS. A host that is up needs less. */
  public static final long CONNECT = 5 * SECOND;

  /**
   * Between two pings. A resident server takes a client for gone that sent nothing for 15 s, which
   * leaves room for several that are late.
   */
  public static final long HEARTBEAT = 2 * SECOND;

  /** A server that sent nothing for this long is gone: three pings without an answer. */
  public static final long SILENCE = 3 * HEARTBEAT;

  /** Between two looks at the connection. */
  public static final long CHECK = SECOND;

  /** The first pause before connecting again; a server that restarts needs about a second. */
  public static final long FIRST_PAUSE = 100 * MILLISECOND;

  /**
   * The longest pause, up to half as much more by chance. A resident server waits 10 s for clients
   * to come back after its restart.
   */
  public static final long LONGEST_PAUSE = 5 * SECOND;

  /** A connection that lasted this long was a good one: the next pause is the first again. */
  public static final long GOOD = 10 * SECOND;

  /** How long the end of a process waits for a thread that connects just then. */
  public static final long ABANDON = 300 * MILLISECOND;

  /** A server that does not decide within this time, no person being asked, is as good as none. */
  public static final long ANSWER = 30 * SECOND;

  /** The most that a person can be given, whatever a server says: a day. */
  public static final long LONGEST_QUESTION = 24 * 3600 * SECOND;

  /**
   * What the answer of a person may take to arrive here from a server further up. Less than {@link
   * #ANSWER}, which a client adds: what is in the middle has to give up before its client does, or
   * the record would tell of a verdict that came too late.
   */
  public static final long TRANSIT = 5 * SECOND;

  /** Between two looks whether a certificate is due: none lives for less than a minute. */
  public static final long RENEWAL_CHECK = 10 * SECOND;

  /** The longest time between two requests for a new certificate that were not granted. */
  public static final long LONGEST_RENEWAL_PAUSE = 600 * SECOND;

  /** Frames that wait for a server that reads slowly; further events are denied. */
  public static final int MOST_WAITING = 20_000;

  /**
   * Distinct events that were denied without a server and are reported when it is back; more are a
   * gap in the record. About 200 bytes each, in the target's memory.
   */
  public static final int MOST_UNREPORTED = 2_000;

  private Timing() {}
}
