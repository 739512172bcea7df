package io.github.appaware.bench;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Agents that ask, each on its own thread the next question when it has its verdict.
 *
 * @param perSecond verdicts of all of them together
 * @param p50 nanoseconds from question to verdict
 * @param p99 the same
 */
record Load(double perSecond, long p50, long p99) {
  private static final int MOST_SAMPLES = 4_000_000;

  /** Connections are opened by so many threads: nobody may wait long for the others in silence. */
  private static final int OPENING = 8;

  /** Who asks. */
  interface Agent extends Closeable {
    /** Asks and has the verdict, which must be to allow. */
    void ask(long id) throws IOException;

    /** Of so many questions one is timed. */
    default int timed() {
      return 1;
    }
  }

  /** All of them, for so long, after a quarter of it to warm up. */
  static Load run(List<Agent> agents, Duration time) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean counting = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Exception> failure = new AtomicReference<>();
    int each = Math.max(1_000, MOST_SAMPLES / agents.size());
    List<Asker> askers = new ArrayList<>();
    for (Agent agent : agents) {
      Asker asker = new Asker(agent, go, counting, over, failure, new long[each]);
      askers.add(asker);
      Thread thread = new Thread(null, asker, "agent", 256 * 1024);
      thread.setDaemon(true);
      asker.thread = thread;
      thread.start();
    }
    go.countDown();
    rest(time.toNanos() / 4);
    counting.set(true);
    long start = System.nanoTime();
    rest(time.toNanos());
    counting.set(false);
    long nanos = System.nanoTime() - start;
    over.set(true);
    for (Asker asker : askers) {
      asker.thread.join(TimeUnit.SECONDS.toMillis(30));
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return of(askers, nanos);
  }

  private static void rest(long nanos) throws InterruptedException {
    new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
  }

  private static Load of(List<Asker> askers, long nanos) {
    long total = 0;
    int kept = 0;
    for (Asker asker : askers) {
      total += asker.count;
      kept += Math.min(asker.kept, asker.samples.length);
    }
    long[] all = new long[kept];
    int at = 0;
    for (Asker asker : askers) {
      int count = Math.min(asker.kept, asker.samples.length);
      System.arraycopy(asker.samples, 0, all, at, count);
      at += count;
    }
    Arrays.sort(all);
    return new Load(
        total * 1e9 / nanos,
        all[all.length / 2],
        all[(int) Math.min(all.length - 1, all.length * 0.99)]);
  }

  private static final class Asker implements Runnable {
    private final Agent agent;
    private final CountDownLatch go;
    private final AtomicBoolean counting;
    private final AtomicBoolean over;
    private final AtomicReference<Exception> failure;
    private final long[] samples;
    private long count;
    private int kept;
    private Thread thread;

    Asker(
        Agent agent,
        CountDownLatch go,
        AtomicBoolean counting,
        AtomicBoolean over,
        AtomicReference<Exception> failure,
        long[] samples) {
      this.agent = agent;
      this.go = go;
      this.counting = counting;
      this.over = over;
      this.failure = failure;
      this.samples = samples;
    }

    @Override
    public void run() {
      try {
        go.await();
        int timed = agent.timed();
        for (long id = 0; !over.get(); id++) {
          boolean kept = id % timed == 0 && counting.get();
          long before = kept ? System.nanoTime() : 0;
          agent.ask(id);
          if (kept) {
            samples[this.kept++ % samples.length] = System.nanoTime() - before;
          }
          count += counting.get() ? 1 : 0;
        }
      } catch (IOException | RuntimeException | InterruptedException e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  /** Opens so many. */
  static List<Agent> open(int count, Callable<Agent> dial) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(OPENING);
    try {
      List<Agent> agents = new ArrayList<>();
      for (Future<Agent> agent : threads.invokeAll(Collections.nCopies(count, dial))) {
        agents.add(agent.get());
      }
      return agents;
    } finally {
      threads.shutdownNow();
    }
  }
}
