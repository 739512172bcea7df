package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The agent's line to the server. The application's threads never touch the channel, because an
 * interrupt would close it: one thread of the agent writes, another reads.
 *
 * <p>Once broken it stays broken, and everything is denied.
 */
@SuppressWarnings("ReferenceEquality") // the two sentinels of the queue are those very objects
final class Connection {
  /** A server that does not answer for so long is as good as none. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /** How long the end of the JVM may wait for the record. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

  /** How long uses of cached verdicts are counted before the server is told. */
  private static final long BATCH = TimeUnit.MILLISECONDS.toNanos(20);

  /** Frames that may wait for a slow server; past it events are denied. */
  private static final int MOST_WAITING = 10_000;

  /** The threads need a few frames only; the target's memory is not ours. */
  private static final long STACK = 128 * 1024;

  /** In the queue of frames: tell the server of uses, after a moment. */
  private static final ByteBuffer TELL_SOON = ByteBuffer.allocate(0);

  /** The same, at once. */
  private static final ByteBuffer TELL_NOW = ByteBuffer.allocate(0);

  private final FrameChannel channel;
  private final Desk desk;
  private final LinkedBlockingQueue<ByteBuffer> outgoing = new LinkedBlockingQueue<>(MOST_WAITING);
  private final LinkedBlockingQueue<Reused> uses = new LinkedBlockingQueue<>();
  private final AtomicBoolean usesAnnounced = new AtomicBoolean();
  private final Map<Long, Pending<Verdict>> asked = new ConcurrentHashMap<>();
  private final Map<Long, Pending<Boolean>> flushed = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile boolean broken;

  private Connection(FrameChannel channel, Desk desk) {
    this.channel = channel;
    this.desk = desk;
  }

  /** Connects and is welcome, or throws. */
  static Connection open(AgentOptions options, Desk desk) throws IOException, Refusal {
    SocketChannel socket;
    try {
      socket = SocketChannel.open(UnixDomainSocketAddress.of(options.socket()));
    } catch (IOException e) {
      throw new Refusal("the decision server can't be reached: " + e.getMessage());
    }
    Connection connection = new Connection(new FrameChannel(socket), desk);
    connection.hello(options.token());
    connection.thread("appaware-writer", true).start();
    connection.thread("appaware-reader", false).start();
    return connection;
  }

  private void hello(String token) throws IOException, Refusal {
    channel.write(new Message.Hello(Message.VERSION, token, pid()));
    Message answer = channel.read();
    if (answer instanceof Message.Welcome welcome) {
      desk.epoch(welcome.epoch());
    } else if (answer instanceof Message.Refused refused) {
      throw new Refusal("the decision server refuses this process: " + refused.why());
    } else {
      throw new Refusal("the decision server does not answer as one");
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
  private Thread thread(String name, boolean writes) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread thread =
        new Thread(top, null, name, STACK, false) {
          @Override
          public void run() {
            if (writes) {
              write();
            } else {
              read();
            }
          }
        };
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  Verdict ask(Event event) {
    if (broken) {
      return Desk.unreachable();
    }
    long id = ids.incrementAndGet();
    Pending<Verdict> pending = new Pending<>();
    asked.put(id, pending);
    try {
      if (!outgoing.offer(FrameChannel.frame(new Message.Ask(id, event)))) {
        return Verdict.denied(Reason.Kind.TIMEOUT);
      }
      if (broken) {
        return Desk.unreachable(); // broken since: nobody may be left to answer
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
  void used(Reused reused) {
    if (reused.count()) {
      uses.add(reused);
      if (usesAnnounced.compareAndSet(false, true) && !outgoing.offer(TELL_SOON)) {
        usesAnnounced.set(false); // full: the next use tries again, at the latest flush does
      }
    }
  }

  /** Waits until everything that was used is in the server's record, at most two seconds. */
  void flush() {
    if (broken) {
      return;
    }
    long id = ids.incrementAndGet();
    Pending<Boolean> pending = new Pending<>();
    flushed.put(id, pending);
    try {
      outgoing.put(TELL_NOW);
      outgoing.put(FrameChannel.frame(new Message.Flush(id)));
      pending.await(FAREWELL);
    } catch (IOException e) {
      lost();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JVM is in a hurry
    } finally {
      flushed.remove(id);
    }
  }

  private void write() {
    try {
      while (true) {
        ByteBuffer frame = outgoing.take();
        if (frame == TELL_SOON) {
          gather();
          tellUses();
        } else if (frame == TELL_NOW) {
          tellUses();
        } else {
          channel.write(frame);
        }
      }
    } catch (Exception e) {
      lost();
    }
  }

  /** Lets uses of the same verdict add up for a moment; what else is to be sent goes on. */
  private void gather() throws IOException, InterruptedException {
    long end = System.nanoTime() + BATCH;
    for (long left = BATCH; left > 0; left = end - System.nanoTime()) {
      ByteBuffer frame = outgoing.poll(left, TimeUnit.NANOSECONDS);
      if (frame == null || frame == TELL_NOW) {
        return;
      }
      if (frame != TELL_SOON) {
        channel.write(frame);
      }
    }
  }

  private void tellUses() throws IOException {
    usesAnnounced.set(false);
    for (Reused reused = uses.poll(); reused != null; reused = uses.poll()) {
      long since = reused.since();
      int count = reused.take();
      channel.write(new Message.Used(reused.event, reused.verdict, count, since));
    }
  }

  private void read() {
    try {
      for (Message message = channel.read(); message != null; message = channel.read()) {
        receive(message);
      }
    } catch (IOException | RuntimeException e) {
      // However it ended, it ended.
    }
    lost();
  }

  private void receive(Message message) throws IOException {
    if (message instanceof Message.Judged judged) {
      Pending<Verdict> pending = asked.remove(judged.id());
      if (pending != null) {
        pending.answer(judged.verdict());
      }
    } else if (message instanceof Message.Epoch changed) {
      desk.epoch(changed.epoch());
    } else if (message instanceof Message.Noted noted) {
      Pending<Boolean> pending = flushed.remove(noted.id());
      if (pending != null) {
        pending.answer(Boolean.TRUE);
      }
    } else if (message instanceof Message.Stop stop) {
      lost();
      Stop.soon(stop.why());
    } else {
      throw new IOException("not for an agent: " + message);
    }
  }

  /** Denies what waits and all that comes. */
  private void lost() {
    broken = true;
    desk.lost();
    for (Pending<Verdict> pending : asked.values()) {
      pending.answer(Desk.unreachable());
    }
    for (Pending<Boolean> pending : flushed.values()) {
      pending.answer(Boolean.FALSE);
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}
