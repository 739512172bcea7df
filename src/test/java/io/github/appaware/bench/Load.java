package io.github.appaware.bench;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Agents that ask, each the next question when it has its verdict.
 *
 * @param perSecond verdicts of all of them together
 * @param p50 nanoseconds from question to verdict
 * @param p99 the same
 */
record Load(double perSecond, long p50, long p99) {
  private static final int MOST_SAMPLES = 4_000_000;

  /** All of them, for so long, after a quarter of it to warm up. */
  static Load run(List<FrameChannel> agents, Duration time) throws Exception {
    CountDownLatch ready = new CountDownLatch(agents.size());
    AtomicBoolean counting = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Exception> failure = new AtomicReference<>();
    int each = Math.max(1_000, MOST_SAMPLES / agents.size());
    List<Asker> askers = new ArrayList<>();
    for (FrameChannel agent : agents) {
      Asker asker = new Asker(agent, ready, counting, over, failure, new long[each]);
      askers.add(asker);
      Thread thread = new Thread(null, asker, "agent", 256 * 1024);
      thread.setDaemon(true);
      asker.thread = thread;
      thread.start();
    }
    ready.await();
    rest(time.nanos() / 4);
    counting.set(true);
    long start = System.nanoTime();
    rest(time.nanos());
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

  /** How long something is measured. */
  record Duration(long nanos) {}

  private static void rest(long nanos) throws InterruptedException {
    new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
  }

  private static Load of(List<Asker> askers, long nanos) {
    long total = 0;
    int kept = 0;
    for (Asker asker : askers) {
      total += asker.count;
      kept += Math.min(asker.count, asker.samples.length);
    }
    long[] all = new long[kept];
    int at = 0;
    for (Asker asker : askers) {
      int count = Math.min(asker.count, asker.samples.length);
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
    private final FrameChannel agent;
    private final CountDownLatch ready;
    private final AtomicBoolean counting;
    private final AtomicBoolean over;
    private final AtomicReference<Exception> failure;
    private final long[] samples;
    private int count;
    private Thread thread;

    Asker(
        FrameChannel agent,
        CountDownLatch ready,
        AtomicBoolean counting,
        AtomicBoolean over,
        AtomicReference<Exception> failure,
        long[] samples) {
      this.agent = agent;
      this.ready = ready;
      this.counting = counting;
      this.over = over;
      this.failure = failure;
      this.samples = samples;
    }

    @Override
    public void run() {
      ready.countDown();
      try {
        for (long id = 0; !over.get(); id++) {
          long before = System.nanoTime();
          agent.write(LoadServers.ask(id));
          Message answer = agent.read();
          long nanos = System.nanoTime() - before;
          if (!(answer instanceof Message.Judged judged) || !judged.verdict().allowed()) {
            throw new IOException("not a verdict: " + answer);
          }
          if (counting.get()) {
            samples[count % samples.length] = nanos;
            count++;
          }
        }
      } catch (IOException | RuntimeException e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  /** Opens so many connections. */
  static List<FrameChannel> open(int count, Callable<FrameChannel> dial) throws Exception {
    List<FrameChannel> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      agents.add(dial.call());
    }
    return agents;
  }
}
