package io.github.appaware.server.upstream;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.WireException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
  /** Opens connections to the servers, of which the first that takes the process is used. */
  interface Dialer {
    /** How many there are. */
    int servers();

    /**
     * Connects; called by the link's own thread.
     *
     * @throws IOException that says in words why not
     */
    FrameChannel dial(int server) throws IOException;

    /** What it means that the server did not answer the first message. */
    String explain(int server, IOException failure);

    /** Whether {@link #renew} has something to do; takes no network. */
    default boolean isDue() {
      return false;
    }

    /** Renews certificates that will end: connections outlive them, the next one could not. */
    default void renew() {}
  }

  /** Whom the line belongs to; called by the link's threads. */
  interface Owner {
    /** Verdicts of before are good no more: the server's policy changed. */
    void renewed();

    /** The line broke, or still is broken; why, in words, or empty when nobody knows. */
    void lost(String why);

    /** The line is back; the server's policy may be another one. */
    void back();

    /** Something was used that the server can't be told of. */
    void full();

    /** The server has something to say to the user. */
    void notice(String text);
  }

  /** Messages that wait to be sent; past it what is new is denied. */
  private static final int MOST_WAITING = 20_000;

  /** A server that says nothing for so long is gone, however the network pretends. */
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);

  /** The flush after which nothing comes. */
  private static final long LAST = 1;

  private static final long PING_MILLIS = 1_500;
  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 5_000;

  /** A line that held for so long was a good one. */
  private static final long HELD = TimeUnit.SECONDS.toNanos(10);

  private final Dialer dialer;
  private final Owner owner;
  private final Message.Join join;
  private final BlockingDeque<Message> outgoing = new LinkedBlockingDeque<>(MOST_WAITING);
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final UpstreamAsks asks = new UpstreamAsks();

  /** Under the lock. */
  private final UnreportedDenials unheard = new UnreportedDenials();

  private final Thread thread;

  /** Open, perhaps not joined yet. */
  private FrameChannel open;

  /** Open and joined, or null. */
  private FrameChannel channel;

  private int epoch;
  private boolean closed;
  private volatile boolean ending;
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

  /** Connects for the first time; fails when no server takes the process. */
  CompletableFuture<Void> start() {
    thread.start();
    return first;
  }

  void ask(Event event, Origin origin, LongConsumer person, Consumer<Verdict> then) {
    Message.Ask unsent = null;
    boolean counted = true;
    synchronized (this) { // what is offered after the line broke would be asked on the next one
      if (channel == null) {
        counted = unheard.add(event, System.currentTimeMillis());
      } else {
        Message.Ask ask = asks.add(event, origin, person, then);
        if (outgoing.offer(ask)) {
          return;
        }
        unsent = ask;
      }
    }
    if (unsent == null) {
      then.accept(Verdict.denied(Reason.Kind.UNREACHABLE));
      if (!counted) {
        owner.full();
      }
    } else {
      asks.decided(unsent.id(), Verdict.denied(Reason.Kind.TIMEOUT));
    }
  }

  /** Tells of a verdict that was used; kept while the line is broken. */
  void used(Message.Used used) {
    if (!outgoing.offer(used)) {
      owner.full();
    }
  }

  private void keep() {
    try {
      long pause = SHORTEST_PAUSE;
      while (!isClosed()) {
        long began = System.nanoTime();
        String why = tryAll();
        if (isClosed() || first.completeExceptionally(new IOException(why))) {
          return;
        }
        owner.lost(why);
        pause = System.nanoTime() - began > HELD ? SHORTEST_PAUSE : pause;
        rest(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } finally {
      asks.denyAll();
      over.complete(null);
    }
  }

  /** Serves on the first server that takes the process; why that ended, or why there is none. */
  private String tryAll() {
    StringBuilder failures = new StringBuilder();
    for (int server = 0; server < dialer.servers() && !isClosed(); server++) {
      try {
        if (serve(server)) {
          return "";
        }
      } catch (IOException | RuntimeException e) {
        failures.append(failures.length() == 0 ? "" : "; ").append(e.getMessage());
      }
    }
    return failures.toString();
  }

  /** All clients of a server that came back should not come back at the same moment. */
  private static void rest(long pause) {
    try {
      Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** True when the line was good and broke. */
  private boolean serve(int server) throws IOException {
    FrameChannel dialed = dialer.dial(server);
    Thread writer = null;
    boolean good = false;
    try {
      Message.Welcome welcome = join(server, dialed);
      List<Message> again = asks.again();
      List<Message.Used> denied;
      synchronized (this) {
        if (closed) {
          return true;
        }
        epoch = welcome.epoch();
        channel = dialed;
        denied = unheard.takeAll();
      }
      denied.forEach(this::used);
      good = true;
      writer = thread("upstream-out", () -> write(dialed, again));
      writer.start();
      if (!first.complete(null)) {
        owner.back();
      }
      read(dialed);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      if (!good) {
        throw e;
      }
    } finally {
      lose(dialed, writer);
    }
    return good;
  }

  private Message.Welcome join(int server, FrameChannel dialed) throws IOException {
    synchronized (this) {
      heard = System.nanoTime();
      open = dialed; // from now on its silence is noticed
    }
    Message answer;
    try {
      dialed.write(join);
      answer = dialed.read();
    } catch (IOException e) {
      throw new IOException(dialer.explain(server, e), e);
    }
    heard = System.nanoTime();
    if (answer instanceof Message.Refused refused) {
      throw new Refusal(refused);
    } else if (answer instanceof Message.Welcome welcome) {
      return welcome;
    }
    throw new IOException("the server does not answer as one");
  }

  /** The server does not want this line. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(Message.Refused refused) {
      super("the server refuses this run: " + refused.why());
    }
  }

  private void write(FrameChannel to, List<Message> again) {
    try {
      for (Message message : again) {
        send(to, message);
      }
      long pinged = System.nanoTime();
      boolean last = false;
      while (true) {
        Message message = outgoing.poll(PING_MILLIS, TimeUnit.MILLISECONDS);
        if (message != null) {
          send(to, message);
        }
        // Answered, so that silence means something, also while there is much to tell.
        if (System.nanoTime() - pinged >= TimeUnit.MILLISECONDS.toNanos(PING_MILLIS)) {
          pinged = System.nanoTime();
          to.write(new Message.Flush(0));
        }
        if (ending && !last && outgoing.isEmpty()) {
          last = true;
          to.write(new Message.Flush(LAST));
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(to); // the reading thread sees it
    }
  }

  private void send(FrameChannel to, Message message) throws IOException {
    ByteBuffer frame;
    try {
      frame = FrameChannel.frame(message);
    } catch (WireException tooLong) {
      frame = shorter(message);
    }
    boolean sent = frame == null;
    try {
      if (frame != null) {
        to.write(frame);
        sent = true;
      }
    } finally {
      // An ask is asked anew, or denied, by those who keep it.
      if (!sent && message instanceof Message.Used && !outgoing.offerFirst(message)) {
        owner.full();
      }
    }
  }

  /** A message that fits no frame must not stop those behind it. */
  private ByteBuffer shorter(Message message) throws IOException {
    if (message instanceof Message.Used used) {
      return FrameChannel.frame(
          new Message.Used(used.event(), Origin.UNKNOWN, used.verdict(), used.count(), used.at()));
    }
    if (message instanceof Message.Ask ask) {
      asks.decided(ask.id(), Verdict.denied(Reason.Kind.UNREACHABLE));
    }
    return null;
  }

  private void read(FrameChannel from) throws IOException {
    for (Message message = from.read(); message != null; message = from.read()) {
      heard = System.nanoTime();
      receive(message);
    }
  }

  private void receive(Message message) throws IOException {
    if (message instanceof Message.Decided decided) {
      Verdict verdict = decided.verdict();
      asks.decided(decided.id(), verdict.epoch() == epoch() ? verdict : once(verdict));
    } else if (message instanceof Message.Asked person) {
      asks.asked(person.id(), person.millis());
    } else if (message instanceof Message.Epoch changed) {
      synchronized (this) {
        epoch = changed.epoch();
      }
      owner.renewed();
    } else if (message instanceof Message.Notice notice) {
      owner.notice(notice.text());
    } else if (message instanceof Message.Refused refused) {
      throw new Refusal(refused);
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

  /** Denies what waits, but for what a person is asked: that may be answered yet. */
  private void lose(FrameChannel lost, Thread writer) {
    synchronized (this) {
      open = null;
      channel = null;
    }
    close(lost);
    if (writer != null) {
      writer.interrupt(); // or it would take what the next one is to send
      boolean interrupted = false;
      while (writer.isAlive()) {
        try {
          writer.join();
        } catch (InterruptedException e) {
          interrupted = true; // the line is closed for good: the writer ends all the sooner
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    outgoing.removeIf(Message.Ask.class::isInstance);
    boolean counted = true;
    for (Event event : asks.denyOthers()) {
      synchronized (this) {
        counted &= unheard.add(event, System.currentTimeMillis());
      }
    }
    if (!counted) {
      owner.full();
    }
  }

  /** Looks whether the server is still there; to be called every second or so. */
  void check() {
    asks.denyOverdue();
    FrameChannel watched;
    synchronized (this) {
      watched = open;
    }
    if (watched != null && System.nanoTime() - heard > SILENCE) {
      close(watched); // also wakes a thread that is stuck in a write
    }
  }

  /** The process is gone: what the server is still to be told is told, then the line ends. */
  CompletableFuture<Void> end() {
    boolean idle;
    synchronized (this) {
      ending = true;
      idle = channel == null && outgoing.isEmpty();
    }
    if (idle) {
      close();
    } else {
      boolean unused = outgoing.offer(new Message.Flush(0)); // wakes who writes
    }
    return over;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static void close(FrameChannel which) {
    try {
      which.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  @Override
  public void close() {
    FrameChannel last;
    synchronized (this) {
      closed = true;
      last = open;
    }
    if (last != null) {
      close(last);
    }
    thread.interrupt();
    over.complete(null);
    boolean unused = first.completeExceptionally(new IOException("the process is gone"));
  }
}
