package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The line of one process to the server above this one. It comes back by itself when it breaks:
 * questions that wait for a person wait on, everything else that waits is denied, and so is what
 * comes until then. Safe for all threads; only its own threads touch the network.
 */
final class UpstreamLink implements Closeable {
  /** Opens a connection to the server, whichever of several answers. */
  interface Dialer {
    /**
     * Connects; called by the link's own thread.
     *
     * @throws IOException that says in words why not
     */
    FrameChannel dial() throws IOException;
  }

  /** Whom the line belongs to; called by the link's threads. */
  interface Owner {
    /** Verdicts of before are good no more. */
    void renewed();

    /** The line broke. */
    void lost(String why);

    /** The server has something to say to the user. */
    void notice(String text);
  }

  /** Messages that wait to be sent; past it what is new is denied. */
  private static final int MOST_WAITING = 20_000;

  /** A server that says nothing for so long is gone, however the network pretends. */
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(6);

  /** The flush after which nothing comes. */
  private static final long LAST = 1;

  private static final long PING_MILLIS = 2_000;
  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 5_000;

  private static final class Pending {
    final Message.Ask ask;
    final LongConsumer person;
    final Consumer<Verdict> then;

    /** When a person's time is over; 0 while nobody is asked. */
    long until;

    Pending(Message.Ask ask, LongConsumer person, Consumer<Verdict> then) {
      this.ask = ask;
      this.person = person;
      this.then = then;
    }
  }

  private final Dialer dialer;
  private final Owner owner;
  private final Message.Join join;
  private final BlockingDeque<Message> outgoing = new LinkedBlockingDeque<>(MOST_WAITING);
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Map<Long, Pending> asked = new HashMap<>();
  private final Thread thread;
  private long ids;
  private FrameChannel channel;
  private int epoch;
  private boolean closed;
  private boolean ending;
  private volatile long heard;

  UpstreamLink(Dialer dialer, Owner owner, String run, Application application) {
    this.dialer = dialer;
    this.owner = owner;
    this.join = new Message.Join(Message.VERSION, run, application, false);
    this.thread = thread("upstream", this::keep);
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 256 * 1024);
    thread.setDaemon(true);
    return thread;
  }

  /** Connects for the first time; fails when the first attempt does. */
  CompletableFuture<Void> start() {
    thread.start();
    return first;
  }

  void ask(Event event, Origin origin, LongConsumer person, Consumer<Verdict> then) {
    Verdict refused = null;
    synchronized (this) {
      long id = ++ids;
      Message.Ask ask = new Message.Ask(id, event, origin);
      if (channel == null) {
        refused = Verdict.denied(Reason.Kind.UNREACHABLE);
      } else if (!outgoing.offer(ask)) {
        refused = Verdict.denied(Reason.Kind.TIMEOUT);
      } else {
        asked.put(id, new Pending(ask, person, then));
      }
    }
    if (refused != null) {
      then.accept(refused);
    }
  }

  /** Tells of a verdict that was used; kept while the line is broken. */
  void used(Message.Used used) {
    if (!outgoing.offer(used)) {
      owner.renewed(); // nothing may happen that the server can't be told of
    }
  }

  private void keep() {
    long pause = SHORTEST_PAUSE;
    while (!isClosed()) {
      try {
        FrameChannel open = dialer.dial();
        try {
          if (join(open)) {
            pause = SHORTEST_PAUSE;
            first.complete(null);
            read(open);
          }
        } finally {
          lose(open);
        }
      } catch (IOException | RuntimeException e) {
        if (first.completeExceptionally(e) || isClosed()) {
          return;
        }
      }
      if (!isClosed()) {
        owner.lost("");
        rest(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /** All clients of a server that came back should not come back at the same moment. */
  private static void rest(long pause) {
    try {
      Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean join(FrameChannel open) throws IOException {
    open.write(join);
    Message answer = open.read();
    if (answer instanceof Message.Refused refused) {
      throw new IOException("the server refuses this run: " + refused.why());
    }
    if (!(answer instanceof Message.Welcome welcome)) {
      throw new IOException("the server does not answer as one");
    }
    owner.renewed(); // its policy may be another one by now
    synchronized (this) {
      if (closed) {
        return false;
      }
      epoch = welcome.epoch();
      channel = open;
      heard = System.nanoTime();
      long now = System.nanoTime();
      asked.values().removeIf(pending -> pending.until - now < 0);
      asked.values().forEach(pending -> outgoing.addFirst(pending.ask));
    }
    thread("upstream-out", () -> write(open)).start();
    return true;
  }

  private void write(FrameChannel open) {
    try {
      while (isOpen(open)) {
        Message message = outgoing.poll(PING_MILLIS, TimeUnit.MILLISECONDS);
        if (message == null) {
          open.write(new Message.Flush(0)); // answered, so that silence means something
        } else if (isOpen(open)) {
          send(open, message);
        } else {
          back(message);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(open); // the reading thread sees it
    }
  }

  private void send(FrameChannel open, Message message) throws IOException {
    boolean sent = false;
    try {
      open.write(message);
      sent = true;
    } finally {
      if (!sent) {
        back(message);
      }
    }
  }

  /** An ask is asked anew, or denied, by those who keep it. */
  private void back(Message message) {
    if (message instanceof Message.Used) {
      boolean unused = outgoing.offerFirst(message);
    }
  }

  private synchronized boolean isOpen(FrameChannel open) {
    return open.equals(channel);
  }

  private void read(FrameChannel open) throws IOException {
    for (Message message = open.read(); message != null; message = open.read()) {
      heard = System.nanoTime();
      receive(message);
    }
  }

  private void receive(Message message) throws IOException {
    if (message instanceof Message.Judged judged) {
      Pending pending = take(judged.id());
      if (pending != null) {
        Verdict verdict = judged.verdict();
        pending.then.accept(verdict.epoch() == epoch() ? verdict : once(verdict));
      }
    } else if (message instanceof Message.Asked person) {
      Pending pending = waitFor(person);
      if (pending != null) {
        pending.person.accept(person.millis());
      }
    } else if (message instanceof Message.Epoch changed) {
      synchronized (this) {
        epoch = changed.epoch();
      }
      owner.renewed();
    } else if (message instanceof Message.Notice notice) {
      owner.notice(notice.text());
    } else if (message instanceof Message.Refused refused) {
      throw new IOException("the server refuses this run: " + refused.why());
    } else if (message instanceof Message.Noted noted) {
      if (noted.id() == LAST) {
        close();
      }
    } else {
      throw new IOException("not from a server: " + message.getClass().getSimpleName());
    }
  }

  private static Verdict once(Verdict verdict) {
    return new Verdict(verdict.allowed(), verdict.reason(), Verdict.Reuse.NOTHING, verdict.epoch());
  }

  private synchronized int epoch() {
    return epoch;
  }

  private synchronized Pending take(long id) {
    return asked.remove(id);
  }

  private synchronized Pending waitFor(Message.Asked person) {
    Pending pending = asked.get(person.id());
    if (pending != null) {
      pending.until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(person.millis());
    }
    return pending;
  }

  /** Denies what waits, but for what a person is asked: that may be answered yet. */
  private void lose(FrameChannel open) {
    close(open);
    List<Pending> denied = new ArrayList<>();
    synchronized (this) {
      channel = null;
      outgoing.removeIf(Message.Ask.class::isInstance);
      asked.values().removeIf(pending -> pending.until == 0 && denied.add(pending));
      if (closed) {
        denied.addAll(asked.values());
        asked.clear();
      }
    }
    denied.forEach(pending -> pending.then.accept(Verdict.denied(Reason.Kind.UNREACHABLE)));
  }

  /** Looks whether the server is still there; to be called every second or so. */
  void check() {
    FrameChannel open;
    synchronized (this) {
      open = channel;
    }
    if (open != null && System.nanoTime() - heard > SILENCE) {
      close(open); // also wakes a thread that is stuck in a write
    }
  }

  /** The process is gone: what the server is still to be told is told, then the line ends. */
  CompletableFuture<Void> end() {
    synchronized (this) {
      if (ending) {
        return over;
      }
      ending = true;
    }
    if (!outgoing.offer(new Message.Flush(LAST))) {
      close();
    }
    return over;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static void close(FrameChannel open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  @Override
  public void close() {
    FrameChannel open;
    synchronized (this) {
      closed = true;
      open = channel;
    }
    if (open != null) {
      close(open);
    }
    thread.interrupt();
    over.complete(null);
  }
}
