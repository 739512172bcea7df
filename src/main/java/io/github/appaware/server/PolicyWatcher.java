package io.github.appaware.server;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import java.io.Closeable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Puts an edited policy in force, and makes verdicts of rules that expired void. Looks every 300
 * ms, and when the store says that there is something to see.
 */
final class PolicyWatcher implements Closeable {
  private static final long INTERVAL_MILLIS = 300;

  private final PolicyStore store;
  private final ActivePolicy activePolicy;
  private final Clock clock;
  private final IntConsumer changed;
  private ScheduledExecutorService timer;
  private Instant looked;

  /** A watch over the store that the policy in force was loaded from. */
  PolicyWatcher(PolicyStore store, ActivePolicy activePolicy, Clock clock, IntConsumer changed) {
    this.store = store;
    this.activePolicy = activePolicy;
    this.clock = clock;
    this.changed = changed;
    this.looked = clock.instant();
  }

  /** Looks from now on, on a thread of its own; problems go to {@code notices}. */
  void start(Consumer<String> notices) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "policy-watch");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(
            () -> look(notices), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    store.watch(() -> lookSoon(notices), notices);
  }

  private void lookSoon(Consumer<String> notices) {
    try {
      timer.execute(() -> look(notices));
    } catch (RejectedExecutionException e) {
      // The end.
    }
  }

  /** Puts in force what the store has by now, whose doing is known; problems are told. */
  void reload(Consumer<String> notices) {
    look(text -> {}, notices);
  }

  /** One look, on any thread; never throws, or there would be no next one. */
  void look(Consumer<String> notices) {
    look(notices, notices);
  }

  private synchronized void look(Consumer<String> news, Consumer<String> notices) {
    String found = "the policy changed " + store.place();
    try {
      Optional<Policy> policy = store.changed();
      if (policy.isPresent()) {
        changed.accept(activePolicy.replace(policy.get()));
        news.accept(found + " and is in force");
        PolicyWarnings.of(policy.get(), clock.instant()).forEach(news);
      } else if (expired(activePolicy.policy())) {
        changed.accept(activePolicy.replace(activePolicy.policy()));
      }
    } catch (PolicyException e) {
      notices.accept(found + " and has problems; the last good one stays:\n" + e.getMessage());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      notices.accept(found + " and can't be read; the last good one stays: " + e);
    }
  }

  private boolean expired(Policy policy) {
    Instant before = looked;
    looked = clock.instant();
    return policy.rules().stream()
        .anyMatch(
            rule ->
                rule.expires() != null
                    && rule.expires().isAfter(before)
                    && !rule.expires().isAfter(looked));
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
