package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Text;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's line to remote servers, where no launcher is in between. It comes back by itself when
 * it breaks, to whichever server answers: questions that are put to a person wait on and are asked
 * anew, everything else that waits is denied, and so is what comes until then, but for cached
 * verdicts within the grace that the user gave.
 */
final class RemoteConnection extends Connection {
  /** What an event waits for, with all that is needed to ask again. */
  private static final class Waiting extends PendingReply<Verdict> {
    final Event event;
    final Origin origin;
    long id;

    /** Whether a person is asked. */
    boolean person;

    Waiting(Event event, Origin origin) {
      this.event = event;
      this.origin = origin;
    }

    @Override
    void extend(long nanos) {
      person = true;
      super.extend(nanos);
    }

    ByteBuffer frame() throws IOException {
      return FrameChannel.frame(new Message.Ask(id, event, origin));
    }
  }

  /** A server that says nothing for so long is gone, however the network pretends. */
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(6);

  /**
   * How often the server is asked whether it is there, also by an agent that tells it a lot: what
   * it is told of used verdicts it does not answer.
   */
  private static final long PING = TimeUnit.SECONDS.toNanos(2);

  private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

  /** What the third of the threads does. */
  private static final int WATCH = 2;

  private final Remote remote;
  private final ByteBuffer join;
  private final long grace;
  private final Thread watch = thread("appaware-watch", WATCH);

  private final Unheard unheard = new Unheard();

  /** Whether the user knows that it is not all that was denied. */
  private volatile boolean gap;

  /** What is open, from before the welcome on. */
  private volatile FrameChannel open;

  /** When the server was heard last. */
  private volatile long heard;

  /** When the line broke; of no meaning while it does not. */
  private volatile long since;

  /** Whether cached verdicts are good although the line is broken. */
  private volatile boolean graced;

  /** Whether the line is closed as nothing was heard on it. */
  private volatile boolean silent;

  private RemoteConnection(Remote remote, Message.Join join, Duration grace, VerdictCache verdicts)
      throws IOException {
    super("", "", verdicts);
    this.remote = remote;
    this.join = FrameChannel.frame(join);
    this.grace = grace.toNanos();
    broken = true;
  }

  /** As {@link Connection#begin}. */
  static RemoteConnection begin(
      Remote remote, Message.Join join, Duration grace, VerdictCache verdicts) throws IOException {
    RemoteConnection connection = new RemoteConnection(remote, join, grace, verdicts);
    connection.reader.start();
    connection.watch.start();
    return connection;
  }

  /** Only the way to the servers themselves, should other code ever come to run on the thread. */
  @Override
  boolean isOwn(Thread thread, int operation, Object[] arguments) {
    return thread == reader
        && channel == null
        && ((operation == Bridge.RESOLVE && remote.isHost((String) arguments[0]))
            || (operation == Bridge.CONNECT
                && EventChecker.protocol(arguments[2]) == Protocol.TCP
                && remote.isWay((InetAddress) arguments[0], (Integer) arguments[1])));
  }

  @Override
  void work(int work) {
    remote.useOwnProviders();
    while (work == WATCH && !finishing) {
      try {
        watch();
      } catch (Throwable e) { // an Error: the line has to be watched nonetheless
        LockSupport.parkNanos(LOOK);
      }
    }
    if (work == WATCH) {
      return;
    }
    super.work(work);
    while (work == WRITE && !finishing) { // an Error ended it: the next line needs it, too
      super.work(work);
    }
  }

  @Override
  void serve() throws IOException {
    awaitHooks();
    long pause = SHORTEST_PAUSE;
    boolean first = true;
    while (!finishing) {
      String why;
      try {
        dial();
        first = false;
        pause = SHORTEST_PAUSE;
        why = listen();
      } catch (IOException e) {
        if (first) {
          welcome.answer(e.getMessage());
          throw e;
        }
        why = e.getMessage();
      } finally {
        close(open);
      }
      if (!finishing) {
        away(why);
        rest(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /** Connects to the first server that takes us. */
  private void dial() throws IOException {
    StringBuilder failures = new StringBuilder();
    for (ServerAddress server : remote.servers()) {
      try {
        dial(server);
        return;
      } catch (IOException e) {
        close(open);
        failures.append(failures.length() == 0 ? "" : "; ").append(e.getMessage());
      } catch (RuntimeException | Error e) {
        close(open);
        failures.append(failures.length() == 0 ? "" : "; ").append(e);
      }
    }
    throw new IOException(failures.toString());
  }

  private void dial(ServerAddress server) throws IOException {
    FrameChannel dialled = remote.connect(server, provider);
    heard = System.nanoTime();
    silent = false;
    open = dialled;
    Message answer;
    try {
      dialled.write(join.duplicate());
      answer = dialled.read();
    } catch (IOException e) {
      throw remote.refused(server, e);
    }
    if (answer instanceof Message.Refused refused) {
      throw new IOException(server + " refuses this process: " + Text.printable(refused.why()));
    }
    if (!(answer instanceof Message.Welcome first)) {
      throw new IOException(server + " does not answer as a decision server");
    }
    begin(dialled, first.epoch());
  }

  /** What was to be said over the former line is said no more, but for what a person is asked. */
  private void begin(FrameChannel dialled, int epoch) throws IOException {
    verdicts.renewed(epoch);
    boolean back;
    synchronized (this) {
      back = since != 0;
      graced = false;
      outgoing.clear();
      channel = dialled; // before anything is added: without a channel it would not be sent
      for (PendingReply<Verdict> each : new ArrayList<>(asked.values())) {
        Waiting waiting = (Waiting) each;
        asked.remove(waiting.id);
        if (!waiting.isAnswered()) {
          waiting.id = ids.incrementAndGet();
          asked.put(waiting.id, waiting);
          outgoing.add(waiting.frame());
        }
      }
      outgoing.add(TELL_NOW);
      unheard.clear();
      gap = false;
      heard = System.nanoTime();
      broken = false;
      since = 0;
    }
    welcome.answer("");
    if (back) {
      AgentAbort.tell("the decision server is back");
    }
  }

  /** Until the line breaks. */
  private String listen() {
    try {
      for (Message message = open.read(); message != null; message = open.read()) {
        heard = System.nanoTime();
        receive(message);
      }
      return "it ended the connection";
    } catch (IOException e) {
      return silent ? "it says nothing" : e.getMessage();
    } catch (Throwable e) { // an Error, too: the application may have left no memory just now
      return e.toString();
    }
  }

  @Override
  void receive(Message message) throws IOException {
    if (message instanceof Message.Notice notice) {
      AgentAbort.tell(Text.printable(notice.text()));
    } else if (message instanceof Message.Refused refused) {
      throw new IOException("it refuses this process: " + Text.printable(refused.why()));
    } else if (message instanceof Message.Renewed renewed) {
      remote.renewed(renewed.certificate());
    } else if (message instanceof Message.NotRenewed) {
      remote.renewed(null);
    } else if (message instanceof Message.Stop) {
      throw new IOException("not for an agent without a launcher: " + message);
    } else {
      super.receive(message);
    }
  }

  /** Denies what waits, but for what a person is asked: that may be answered yet. */
  private void away(String why) {
    boolean news;
    synchronized (this) {
      news = since == 0;
      broken = true;
      channel = null;
      for (PendingReply<Verdict> each : asked.values()) {
        if (!((Waiting) each).person) {
          each.answer(VerdictCache.unreachable());
        }
      }
      if (news) {
        since = System.nanoTime() | 1; // never 0
        graced = grace > 0;
      }
    }
    if (!graced) {
      verdicts.lost();
    }
    for (PendingReply<Boolean> pending : flushed.values()) {
      pending.answer(Boolean.FALSE);
    }
    if (news) {
      LockSupport.unpark(watch);
      AgentAbort.tell(
          "the decision server is away ("
              + why
              + "): what is not decided yet is denied until it is back");
    }
  }

  /** All agents of a server that came back should not come back at the same moment. */
  private static void rest(long pause) {
    long end = System.nanoTime() + pause / 2 + Math.floorMod(System.nanoTime() >> 8, pause);
    for (long left = 1; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      boolean ignored = Thread.interrupted(); // would close the next channel
    }
  }

  @Override
  Verdict ask(Event event, Origin origin) {
    Waiting waiting = new Waiting(event, origin);
    try {
      Verdict refusal = offer(waiting);
      Verdict verdict = refusal != null ? refusal : waiting.await(PATIENCE);
      if (verdict != null && verdict.reason().kind() == Reason.Kind.UNREACHABLE) {
        note(event, verdict);
      }
      return verdict != null ? verdict : Verdict.denied(Reason.Kind.TIMEOUT);
    } catch (IOException e) {
      return Verdict.denied(Reason.Kind.INTERNAL); // an event too large to be asked about
    } finally {
      forget(waiting);
    }
  }

  private void note(Event event, Verdict denied) {
    CachedVerdict counted = unheard.of(event, denied);
    if (counted != null) {
      used(counted);
    } else if (!gap) {
      gap = true;
      AgentAbort.tell(
          "more is denied than the decision server can be told of: its record has gaps");
    }
  }

  /** Null when it will be answered. */
  private synchronized Verdict offer(Waiting waiting) throws IOException {
    if (broken) {
      return VerdictCache.unreachable();
    }
    waiting.id = ids.incrementAndGet();
    ByteBuffer frame = waiting.frame();
    asked.put(waiting.id, waiting); // before it is sent: the answer can be faster than this thread
    return outgoing.offer(frame) ? null : Verdict.denied(Reason.Kind.TIMEOUT);
  }

  private synchronized void forget(Waiting waiting) {
    asked.remove(waiting.id);
  }

  /** The reading thread sees when it fails, and what is said to nobody is not said. */
  @Override
  boolean send(ByteBuffer frame) {
    FrameChannel to = channel;
    if (to == null) {
      return false;
    }
    try {
      to.write(frame);
      return true;
    } catch (IOException | RuntimeException e) {
      close(to);
      return false;
    } finally {
      boolean ignored = Thread.interrupted(); // would close the next channel
    }
  }

  /** Ends the grace, and a line on which nothing is heard: only that wakes a stuck write. */
  private void watch() {
    long asked = System.nanoTime();
    while (!finishing) {
      long left = LOOK;
      FrameChannel looked = open;
      if (looked != null && System.nanoTime() - heard > SILENCE) {
        silent = true;
        close(looked);
      }
      if (graced) {
        left = Math.min(left, endGrace());
      }
      if (!broken && System.nanoTime() - asked >= PING) {
        asked = System.nanoTime();
        speak();
      }
      if (left > 0) {
        LockSupport.parkNanos(left);
        boolean ignored = Thread.interrupted();
      }
    }
  }

  /** What has to be said now and then. */
  private void speak() {
    try {
      outgoing.add(FrameChannel.frame(new Message.Flush(0)));
      Message.Renew due = remote.renew();
      if (due != null) {
        outgoing.add(FrameChannel.frame(due));
      }
    } catch (IOException | RuntimeException e) {
      // The certificate stays what it is, and the next connection says why it can't be used.
    }
  }

  /** Nanoseconds until it ends. */
  private synchronized long endGrace() {
    if (!graced) {
      return LOOK;
    }
    long left = since + grace - System.nanoTime();
    if (left <= 0) {
      graced = false;
      verdicts.lost();
    }
    return left;
  }

  /** No goodbye, which could wait for a server that does not read: it knows everything by now. */
  @Override
  void end(FrameChannel last) throws IOException {
    last.close();
  }

  private static void close(FrameChannel any) {
    try {
      if (any != null) {
        any.close();
      }
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
