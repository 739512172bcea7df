package io.github.appaware.link;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection to a decision server. It comes back by itself when it breaks, to whichever
 * server accepts the client: questions to a person wait on and are asked again, all else that waits
 * is denied, and so is what is asked until then.
 *
 * <p>One thread connects and reads, another writes, a third checks. No other thread ever touches a
 * channel, because an interrupt would close it. An Error in one of the three, as when the
 * application has left no memory, costs the present connection and nothing else.
 *
 * <p>Long, as what it does for a client, and what its threads do to it, share one lock and state.
 */
public final class Link implements Closeable {
  private final Servers servers;
  private final Client client;
  private final LinkTime time;
  private final Outbox outbox = new Outbox(Timing.MOST_WAITING);
  private final PendingAsks asks = new PendingAsks();
  private final LinkReader reading;
  private final LinkThread reader;
  private final LinkThread writer;
  private final LinkThread checker;

  /** Null where a broken connection is not replaced. */
  private final Recovery recovery;

  /** Connected, perhaps not welcomed yet; or null. */
  private volatile FrameChannel open;

  /** Welcomed, or null; written under the lock. */
  private volatile FrameChannel channel;

  /** Whether a server ever accepted the client; likewise. */
  private volatile boolean welcomed;

  private volatile boolean closed;

  /** Whether the process ends, and the channel with it. */
  private volatile boolean ending;

  /** Whether no other connection is to follow. */
  private volatile boolean spent;

  /** Why there is no connection: for what is denied meanwhile. */
  private volatile Reason.Kind absence = Reason.Kind.UNREACHABLE;

  /**
   * Not connected yet.
   *
   * @param name begins the names of its threads
   * @param stack of its threads, in bytes
   */
  public Link(String name, long stack, Servers servers, Client client, LinkTime time) {
    this.servers = servers;
    this.client = client;
    this.time = time;
    recovery = servers.comeBack() ? new Recovery(time.now()) : null;
    reading = new LinkReader(this, servers, client, asks, recovery, time);
    reader = new LinkThread(this, LinkThread.READ, name, stack);
    writer = new LinkThread(this, LinkThread.WRITE, name, stack);
    checker = new LinkThread(this, LinkThread.CHECK, name, stack);
  }

  /** Connects, and from then on keeps the connection, on threads of its own. */
  public void start() {
    reader.start();
    startChecking();
  }

  /** For a client that connects, reads and rests on a thread of its own. */
  public void startChecking() {
    if (recovery != null) {
      checker.start();
    }
  }

  /** Whether this is the thread that reads, and is on its way to a server now. */
  public boolean isConnecting(Thread thread) {
    return reader.is(thread) && channel == null && !spent && !closed;
  }

  /** Whether there is a connection. */
  public boolean isConnected() {
    return channel != null;
  }

  /**
   * Asks the server; by any thread, like all that sends. None of it blocks.
   *
   * @return null when the answer comes later; otherwise the verdict, a denial
   */
  public Verdict ask(PendingAsk ask) {
    boolean counted = true;
    synchronized (this) {
      if (channel != null) {
        return asks.offer(ask, outbox); // later it would be asked on the next connection
      }
      if (recovery == null && !welcomed && !spent && !closed) {
        asks.add(ask); // asked when there is a connection
        return null;
      }
      if (recovery != null) {
        counted = recovery.unreported.add(ask.event());
      }
    }
    if (!counted) {
      client.full();
    }
    return Verdict.denied(absence);
  }

  /** There is no connection; whether that is because the client is refused. */
  void refused(boolean itIs) {
    absence = itIs ? Reason.Kind.REFUSED : Reason.Kind.UNREACHABLE;
  }

  /** The answer is not waited for any more. */
  public void forget(PendingAsk ask) {
    asks.remove(ask);
  }

  /**
   * Sends a message over the present connection.
   *
   * @throws IOException when there is none, or no room
   */
  public void say(Message message) throws IOException {
    if (channel == null || !outbox.offer(FrameChannel.frame(message), false)) {
      throw new IOException("the decision server is away");
    }
  }

  /** Sends a report over this connection or a later one. */
  public void tell(Message.Used used) throws IOException {
    if (!outbox.offer(FrameChannel.frame(used), true)) {
      client.full();
    }
  }

  /** Has the writing thread call {@link Client#report} after a moment; false when it can't. */
  public boolean reportSoon() {
    return outbox.offer(LinkWriter.REPORT_SOON, false);
  }

  /** The same, at once. */
  public void reportNow() {
    outbox.add(LinkWriter.REPORT_NOW, false);
  }

  /** Whether nothing waits to be sent. */
  public boolean isIdle() {
    return outbox.isEmpty();
  }

  /** Waits a moment until what was said is on its way. */
  public void awaitSent(long millis) throws InterruptedException {
    outbox.awaitEmpty(millis);
  }

  /** For a client that connects, listens and rests on a thread of its own. */
  public LinkReader reader() {
    return reading;
  }

  /** Ends the present connection, and denies all that waits. By the reading thread. */
  public void lose() {
    detach();
    asks.denyAll();
  }

  /**
   * The client is connected, perhaps not welcomed yet: from now on a server's silence is noticed.
   */
  void open(FrameChannel dialled) throws IOException {
    open = dialled;
    if (closed) {
      throw new IOException("closed");
    }
  }

  /**
   * A server has accepted the client: asks again, and reports.
   *
   * @return whether there was a connection before
   */
  boolean attach(FrameChannel dialled) throws IOException {
    writer.start();
    synchronized (this) {
      if (closed) {
        throw new IOException("closed");
      }
      asks.askAgain(outbox);
      if (recovery != null) {
        recovery.report(outbox);
      }
      boolean again = welcomed;
      welcomed = true;
      channel = dialled;
      outbox.open(dialled);
      return again;
    }
  }

  /** There is no connection any more. */
  void detach() {
    FrameChannel lost = open;
    synchronized (this) {
      channel = null;
      open = null;
      outbox.pause();
    }
    if (recovery != null) {
      recovery.heard();
    }
    if (!ending) {
      close(lost);
    }
  }

  /**
   * Denies what waits; what a person is asked waits on where a connection may follow, and the
   * client is not refused.
   */
  void denyWaiting() {
    if (recovery == null) {
      asks.denyAll();
    } else if (!recovery.count(
        absence == Reason.Kind.REFUSED ? asks.denyRefused() : asks.denyOthers())) {
      client.full();
    }
  }

  /**
   * After a lost connection or a failed attempt: none follows that of a local server, or a first.
   */
  void endUnlessToFollow() {
    if (recovery == null || !welcomed) {
      spent = true;
    }
  }

  /**
   * Writes a frame; for {@link Client#report}, on the writing thread.
   *
   * @return false when there is no connection, or it broke
   */
  public boolean send(ByteBuffer frame) {
    FrameChannel to = channel;
    return to != null && LinkWriter.send(to, frame);
  }

  /** Has the checking thread check now. */
  public void checkSoon() {
    checker.wake();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    outbox.end();
    close(open);
    reader.wake();
    checker.wake();
  }

  /**
   * The process ends: denies all, and waits for the reading thread, as the JVM's end waits 300 ms
   * for a thread in a native read. A local server closes first: closing costs milliseconds the
   * first time, and the JVM's end does it anyway. A remote one might not read a last word.
   *
   * @param nanos to wait at most
   */
  public void finish(long nanos) throws InterruptedException {
    boolean connected;
    synchronized (this) {
      ending = recovery == null;
      closed = true;
      connected = channel != null;
      channel = null;
      outbox.pause();
    }
    asks.denyAll();
    FrameChannel last = open;
    if (!ending) {
      close(last);
    } else if (last != null) {
      end(last);
    }
    reader.wake();
    long most = connected ? nanos : Math.min(nanos, Timing.ABANDON);
    reader.join(TimeUnit.NANOSECONDS.toMillis(most));
  }

  private static void end(FrameChannel last) {
    try {
      last.end();
    } catch (IOException e) {
      // It is ended as far as it can be.
    }
  }

  void enter() {
    servers.enter();
  }

  void read() {
    reading.run();
    asks.denyAll();
  }

  void write() {
    new LinkWriter(this, outbox, client).run();
  }

  void check() {
    new LinkChecker(this, servers, client, outbox, asks, recovery, time).run();
  }

  boolean isClosed() {
    return closed;
  }

  LinkTime time() {
    return time;
  }

  boolean isOpen() {
    return open != null;
  }

  boolean isOver() {
    return closed || spent;
  }

  /** Ends the connection; the reading thread sees it. */
  void breakOff() {
    close(open);
  }

  static void close(FrameChannel any) {
    try {
      if (any != null) {
        any.close();
      }
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
