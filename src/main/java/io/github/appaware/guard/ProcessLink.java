package io.github.appaware.guard;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.Client;
import io.github.appaware.link.Link;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.PendingAsk;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.UnixServer;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connection of one guarded process to the decision server: asks for verdicts, and uses again
 * those that the server says may be, as long as their epoch lasts. It is made when the first event
 * is asked about; by then the process is measured. Safe for all threads.
 */
final class ProcessLink implements Client {
  /** Says what a process is, as measured from outside. */
  interface Measurer {
    /**
     * Takes its time, on a thread of the link.
     *
     * @throws IOException when it can't be told, so that all that it asks is denied
     */
    Message.Guard measure(long pid) throws IOException;
  }

  /** Verdicts kept; past it all are dropped, and asked for again. */
  private static final int MOST = 4_096;

  /** Of its threads, in bytes. */
  private static final long STACK = 256 * 1024;

  /** From the first use of a verdict to its report. */
  private static final long REPORT_AFTER = TimeUnit.MILLISECONDS.toNanos(20);

  /** The flush after which nothing comes. */
  private static final long LAST = 1;

  /** A verdict that may be used again, and the uses that are not reported yet. */
  private static final class Known {
    final Event event;
    final Verdict verdict;
    final AtomicInteger unreported = new AtomicInteger();
    volatile long since;

    Known(Event event, Verdict verdict) {
      this.event = event;
      this.verdict = verdict;
    }
  }

  private record Caused(long thread, Event event) {}

  private final long pid;
  private final Measurer measurer;
  private final Link link;
  private final Map<Event, Known> known = new ConcurrentHashMap<>();
  private final Map<Caused, CompletableFuture<Verdict>> kept = new ConcurrentHashMap<>();
  private final CountDownLatch noted = new CountDownLatch(1);
  private volatile int epoch = -1;
  private boolean begun;

  /**
   * Of a process; not connected yet.
   *
   * @param socket the server's
   */
  ProcessLink(long pid, String socket, Measurer measurer) {
    this.pid = pid;
    this.measurer = measurer;
    UnixServer server = new UnixServer(socket, new Sockets());
    link = new Link("guard", STACK, server, this, new LinkTime());
  }

  /** A verdict that was given before and holds for this event; null for none. Counts the use. */
  Verdict known(Event event) {
    Known found = known.get(event);
    if (found == null || found.verdict.epoch() != epoch) {
      return null;
    }
    if (found.verdict.reason().kind() != Reason.Kind.PASSED) { // on record by the agent's report
      count(found);
    }
    return found.verdict;
  }

  private void count(Known used) {
    if (used.unreported.getAndIncrement() == 0) {
      used.since = System.currentTimeMillis();
      boolean unused = link.reportSoon();
    }
    if (known.get(used.event) != used) { // forgotten meanwhile, and reported without this use
      report(used);
    }
  }

  /**
   * Asks the server; completes with its verdict, or with a denial.
   *
   * @param thread that waits for it
   */
  CompletableFuture<Verdict> ask(long thread, Event event) {
    CompletableFuture<Verdict> asked = kept.remove(new Caused(thread, event));
    return asked == null ? ask(event) : asked;
  }

  /** A signal interrupted the thread: it will want the same when its call begins again. */
  void keep(long thread, Event event, CompletableFuture<Verdict> asked) {
    if (kept.size() < MOST) {
      kept.put(new Caused(thread, event), asked);
    }
  }

  private CompletableFuture<Verdict> ask(Event event) {
    synchronized (this) {
      if (!begun) {
        begun = true;
        link.start();
      }
    }
    Ask ask = new Ask(event);
    Verdict denial = link.ask(ask);
    if (denial != null) {
      boolean unused = ask.verdict.complete(denial);
    }
    return ask.verdict;
  }

  private final class Ask extends PendingAsk {
    final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    Ask(Event event) {
      super(event, Origin.UNKNOWN);
    }

    @Override
    protected void answer(Verdict given) {
      if (given.reuse() != Verdict.Reuse.NOTHING && given.epoch() == epoch) {
        if (known.size() >= MOST) {
          forgetAll();
        }
        keep(event(), given);
      }
      boolean unused = verdict.complete(given);
    }

    @Override
    protected void asked(long millis) {
      // The caller waits as long as it takes.
    }
  }

  @Override
  public ByteBuffer hello() throws IOException {
    return FrameChannel.frame(measurer.measure(pid));
  }

  @Override
  public void welcomed(int current) {
    epoch = current;
  }

  @Override
  public void connected(boolean again) {
    // What waits is asked by the link.
  }

  @Override
  public boolean receive(Message message) throws IOException {
    if (message instanceof Message.Epoch changed) {
      epoch = changed.epoch();
      forgetAll();
    } else if (message instanceof Message.Noted last && last.id() == LAST) {
      noted.countDown();
    } else if (!(message instanceof Message.NameServers)) { // those are the agents' business
      throw new IOException("not for a guard: " + message.getClass().getSimpleName());
    }
    return true;
  }

  @Override
  public void lost(String why, boolean refused) {
    epoch = -1;
    known.clear();
    noted.countDown();
  }

  @Override
  public void full() {
    // It reports to a server that does not come back: the run ends with it.
  }

  @Override
  public long reportAfter() {
    return REPORT_AFTER;
  }

  @Override
  public void report() {
    reportAll();
  }

  private void reportAll() {
    known.values().forEach(this::report);
  }

  private void forgetAll() {
    List<Known> all = List.copyOf(known.values());
    known.clear();
    all.forEach(this::report);
  }

  private void report(Known each) {
    int count = each.unreported.getAndSet(0);
    if (count > 0) {
      tell(new Message.Used(each.event, Origin.UNKNOWN, each.verdict, count, each.since));
    }
  }

  /** Several threads may have asked at once: the first answer counts their uses. */
  private void keep(Event event, Verdict given) {
    Known made = new Known(event, given);
    Known kept =
        known.compute(
            event,
            (unused, before) ->
                before != null && before.verdict.epoch() == given.epoch() ? before : made);
    assert kept != null;
  }

  private void tell(Message.Used used) {
    try {
      link.tell(used);
    } catch (IOException e) {
      full();
    }
  }

  /** Has everything recorded that was used, and ends the connection. */
  void end(Duration atMost) {
    boolean connected;
    synchronized (this) {
      connected = begun && link.isConnected();
    }
    if (connected) {
      try {
        reportAll();
        link.say(new Message.Flush(LAST));
        boolean unused = noted.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      } catch (IOException e) {
        // It broke: the server is gone, and the record with it.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    close();
  }

  void close() {
    link.close();
  }
}
