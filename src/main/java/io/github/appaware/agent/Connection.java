package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's line to the server. The application's threads never touch the channel, because an
 * interrupt would close it: one thread of the agent writes, another reads.
 *
 * <p>This one leads to the local server. Once broken it stays broken, and everything is denied.
 */
@SuppressWarnings("ReferenceEquality") // the two sentinels of the queue are those very objects
class Connection {
  /** A server that does not answer for so long is as good as none. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /** How long a person may take, in milliseconds: a day. */
  private static final long LONGEST_QUESTION = TimeUnit.DAYS.toMillis(1);

  /** How long the end of the JVM may wait for the record. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

  /** How long uses of cached verdicts are counted before the server is told. */
  private static final long BATCH = TimeUnit.MILLISECONDS.toNanos(20);

  /** The same when they never cease: a loop of denials must not fill the disk. */
  private static final long LONGEST_BATCH = TimeUnit.MILLISECONDS.toNanos(500);

  /** Frames that may wait for a slow server; past it events are denied. */
  private static final int MOST_WAITING = 10_000;

  /** The threads need a few frames only; the target's memory is not ours. */
  private static final long STACK = 128 * 1024;

  /** What threads of the agent do. */
  private static final int READ = 0;

  static final int WRITE = 1;

  /** In the queue of frames: tell the server of uses, after a moment. */
  private static final ByteBuffer TELL_SOON = ByteBuffer.allocate(0);

  /** The same, at once. */
  static final ByteBuffer TELL_NOW = ByteBuffer.allocate(0);

  private final String socket;
  private final String token;
  final VerdictCache verdicts;
  final Outbox outgoing = new Outbox(MOST_WAITING);
  private final CachedVerdictUses uses = new CachedVerdictUses();
  final Map<Long, PendingReply<Verdict>> asked = new ConcurrentHashMap<>();
  final Map<Long, PendingReply<Boolean>> flushed = new ConcurrentHashMap<>();
  final AtomicLong ids = new AtomicLong();
  private final Thread writer = thread("appaware-writer", WRITE);
  final Thread reader = thread("appaware-reader", READ);
  volatile boolean broken;

  /** Whether the JVM ends; then so does the channel, without being closed. */
  volatile boolean finishing;

  /** Whether a cached verdict was ever used. */
  private volatile boolean anyUsed;

  /** Empty for a welcome, else why there is none. */
  final PendingReply<String> welcome = new PendingReply<>();

  /** Set when the hooks are in place. */
  volatile SelectorProvider provider;

  /** Made by the reading thread before the welcome. */
  volatile FrameChannel channel;

  Connection(String socket, String token, VerdictCache verdicts) {
    this.socket = socket;
    this.token = token;
    this.verdicts = verdicts;
  }

  /**
   * Begins at once with what takes long and needs no hook; {@link #connect} lets it go on.
   *
   * @param token the run's secret
   */
  static Connection begin(String socket, String token, VerdictCache verdicts) {
    Connection connection = new Connection(socket, token, verdicts);
    connection.reader.start();
    return connection;
  }

  /** The hooks are in place: connects on the agent's own thread, while the caller goes on. */
  void connect(SelectorProvider through) {
    provider = through;
    LockSupport.unpark(reader);
  }

  /** Returns when the server knows this process; from then on events can be asked about. */
  void awaitWelcome() throws AgentStartException {
    String refusal = welcome.await(PATIENCE);
    if (refusal == null) {
      throw new AgentStartException("the decision server does not answer");
    }
    if (!refusal.isEmpty()) {
      throw new AgentStartException(refusal);
    }
    writer.start();
  }

  /**
   * Whether this is the thread that connects, and still does: that is the agent's doing, not an
   * event. Afterwards it has no privilege, as an application can find ways to run code on it.
   */
  boolean isOwn(Thread thread, int operation, Object[] arguments) {
    return thread == reader && channel == null;
  }

  /** On the reading thread; an empty answer is a welcome. */
  private void open() throws IOException {
    ByteBuffer hello = FrameChannel.frame(new Message.Hello(Message.VERSION, token, pid()));
    FrameChannel.rehearse();
    awaitHooks();
    try {
      SocketChannel opened = provider.openSocketChannel(StandardProtocolFamily.UNIX);
      opened.connect(UnixDomainSocketAddress.of(socket));
      channel = new FrameChannel(opened);
    } catch (IOException e) {
      welcome.answer("the decision server can't be reached: " + e.getMessage());
      throw e;
    }
    channel.write(hello);
    Message answer = channel.read();
    if (answer instanceof Message.Welcome first) {
      verdicts.epoch(first.epoch());
      welcome.answer("");
    } else if (answer instanceof Message.Refused refused) {
      welcome.answer("the decision server refuses this process: " + refused.why());
    } else {
      welcome.answer("the decision server does not answer as one");
    }
  }

  /** On the reading thread. */
  final void awaitHooks() {
    while (provider == null) {
      LockSupport.park(); // without a blocker, which anybody could get hold of
    }
  }

  /** {@code ProcessHandle} would cost the start-up of its thread pool. */
  private static long pid() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.isSymbolicLink(self)
        ? Long.parseLong(Files.readSymbolicLink(self).toString())
        : ProcessHandle.current().pid();
  }

  /** In the topmost group, where the application does not count or interrupt its threads. */
  final Thread thread(String name, int work) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread thread = new Thread(top, new Work(this, work), name, STACK, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /**
   * No class of threads, nor a handler: the application can get hold of all threads, and of those
   * it could get our loader, our classes and by reflection what they keep. What the JDK's own class
   * keeps is closed to it.
   */
  private record Work(Connection connection, int work) implements Runnable {
    @Override
    public void run() {
      try {
        connection.work(work);
      } catch (Throwable e) {
        // The connection is lost, which is all that there is to know; no handler is to run here.
      }
    }
  }

  /** On a thread of its own. */
  void work(int work) {
    if (work == WRITE) {
      write();
    } else {
      read();
    }
  }

  Verdict ask(Event event, Origin origin) {
    if (broken) {
      return VerdictCache.unreachable();
    }
    long id = ids.incrementAndGet();
    PendingReply<Verdict> pending = new PendingReply<>();
    asked.put(id, pending);
    try {
      if (!outgoing.offer(FrameChannel.frame(new Message.Ask(id, event, origin)))) {
        return Verdict.denied(Reason.Kind.TIMEOUT);
      }
      if (broken) {
        return VerdictCache.unreachable(); // broken since: nobody may be left to answer
      }
      Verdict verdict = pending.await(PATIENCE);
      return verdict != null ? verdict : Verdict.denied(Reason.Kind.TIMEOUT);
    } catch (IOException e) {
      return Verdict.denied(Reason.Kind.INTERNAL); // an event too large to be asked about
    } finally {
      asked.remove(id);
    }
  }

  /** Notes that a cached verdict was used; never blocks. */
  void used(CachedVerdict reused) {
    anyUsed = true;
    boolean noted = false;
    try {
      if (reused.count()) {
        boolean again = reused.missed;
        if ((uses.add(reused) || again) && !outgoing.offer(TELL_SOON)) {
          uses.announceAgain(); // full: the next use tries again, at the latest flush does
        }
        reused.missed = false;
      }
      noted = true;
    } finally {
      if (!noted) {
        reused.missed = true; // the stack's end: this use fails, the next one tells of both
      }
    }
  }

  /**
   * Waits until everything is in the server's record, at most two seconds, and ends the connection.
   * The JVM's end waits 300 ms for a thread that is in a native read. The server closes first:
   * closing a channel costs a few milliseconds on its own the first time, and the JVM's end does it
   * anyway.
   */
  void finish() {
    flush();
    finishing = true;
    deny();
    FrameChannel open = channel;
    try {
      if (open != null) {
        end(open);
      }
    } catch (IOException e) {
      // It is ended as far as it can be.
    }
    try {
      reader.join(TimeUnit.NANOSECONDS.toMillis(FAREWELL));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JVM is in a hurry
    }
  }

  /** The last thing that is said. */
  void end(FrameChannel open) throws IOException {
    open.end();
  }

  private void flush() {
    if (broken || !anyUsed) {
      return; // the server has answered, and so recorded, everything else itself
    }
    long id = ids.incrementAndGet();
    PendingReply<Boolean> pending = new PendingReply<>();
    flushed.put(id, pending);
    try {
      outgoing.add(TELL_NOW);
      outgoing.add(FrameChannel.frame(new Message.Flush(id)));
      pending.await(FAREWELL);
    } catch (IOException e) {
      broken = true;
    }
  }

  private void write() {
    try {
      long batch = BATCH;
      long told = System.nanoTime();
      while (true) {
        ByteBuffer frame = outgoing.take(Long.MAX_VALUE);
        if (frame == TELL_SOON) {
          boolean unceasing = System.nanoTime() - told < batch;
          batch = unceasing ? Math.min(2 * batch, LONGEST_BATCH) : BATCH;
          gather(batch);
          tellUses();
          told = System.nanoTime();
        } else if (frame == TELL_NOW) {
          tellUses();
        } else {
          send(frame);
        }
      }
    } catch (Throwable e) { // an Error, too, must not leave cached verdicts in force
      lost();
    }
  }

  /**
   * On the writing thread.
   *
   * @return whether it was sent; if not, there may be another connection some time
   */
  boolean send(ByteBuffer frame) throws IOException {
    channel.write(frame);
    return true;
  }

  /** Lets uses of the same verdict add up for a moment; what else is to be sent goes on. */
  private void gather(long batch) throws IOException {
    long end = System.nanoTime() + batch;
    for (long left = batch; left > 0; left = end - System.nanoTime()) {
      ByteBuffer frame = outgoing.take(left);
      if (frame == null || frame == TELL_NOW) {
        return;
      }
      if (frame != TELL_SOON) {
        send(frame);
      }
    }
  }

  private void tellUses() throws IOException {
    CachedVerdict next;
    for (CachedVerdict reused = uses.takeAll(); reused != null; reused = next) {
      next = uses.drop(reused); // once its count is taken, it may be added anew
      long since = reused.since();
      int count = reused.take();
      Message used = new Message.Used(reused.event, reused.origin, reused.verdict, count, since);
      if (count > 0 && !send(FrameChannel.frame(used))) {
        reused.giveBack(count);
        uses.add(reused);
      }
    }
  }

  private void read() {
    try {
      serve();
    } catch (Throwable e) { // an Error, too, must not leave cached verdicts in force
      welcome.answer("the connection to the decision server broke: " + e);
    } finally {
      if (!finishing) {
        lost();
      }
    }
  }

  /** All that the reading thread does. */
  void serve() throws IOException {
    open();
    for (Message message = channel.read(); message != null; message = channel.read()) {
      receive(message);
    }
  }

  void receive(Message message) throws IOException {
    if (message instanceof Message.Decided decided) {
      PendingReply<Verdict> pending = asked.remove(decided.id());
      if (pending != null) {
        pending.answer(decided.verdict());
      }
    } else if (message instanceof Message.Asked question) {
      PendingReply<Verdict> pending = asked.get(question.id());
      if (pending != null) {
        long person = Math.min(question.millis(), LONGEST_QUESTION);
        pending.extend(TimeUnit.MILLISECONDS.toNanos(person) + PATIENCE);
      }
    } else if (message instanceof Message.Epoch changed) {
      verdicts.epoch(changed.epoch());
    } else if (message instanceof Message.Noted noted) {
      PendingReply<Boolean> pending = flushed.remove(noted.id());
      if (pending != null) {
        pending.answer(Boolean.TRUE);
      }
    } else if (message instanceof Message.Stop stop) {
      lost();
      AgentAbort.soon(stop.why());
    } else {
      throw new IOException("not for an agent: " + message);
    }
  }

  private void lost() {
    deny();
    FrameChannel open = channel;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  /** Denies what waits and all that comes. */
  private void deny() {
    broken = true;
    verdicts.lost();
    for (PendingReply<Verdict> pending : asked.values()) {
      pending.answer(VerdictCache.unreachable());
    }
    for (PendingReply<Boolean> pending : flushed.values()) {
      pending.answer(Boolean.FALSE);
    }
  }
}
