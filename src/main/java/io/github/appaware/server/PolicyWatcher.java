package io.github.appaware.server;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import java.io.Closeable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Puts an edited policy in force, and makes cached verdicts invalid when a rule expires. Checks
 * every 300 ms, and when the store reports a change.
 */
final class PolicyWatcher implements Closeable {
  private static final long INTERVAL_MILLIS = 300;

  private final PolicyStore store;
  private final ActivePolicy activePolicy;
  private final Clock clock;
  private final IntConsumer changed;
  private ScheduledExecutorService timer;
  private Instant checkedAt;

  /** Watches the store that the policy in force was loaded from. */
  PolicyWatcher(PolicyStore store, ActivePolicy activePolicy, Clock clock, IntConsumer changed) {
    this.store = store;
    this.activePolicy = activePolicy;
    this.clock = clock;
    this.changed = changed;
    this.checkedAt = clock.instant();
  }

  /** Checks from now on, by a thread of its own; problems go to {@code notices}. */
  void start(Consumer<String> notices) {
    timer = DaemonThreads.timer("policy-watch");
    var unused =
        timer.scheduleWithFixedDelay(
            () -> look(notices), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    store.watch(() -> lookSoon(notices), notices);
  }

  private void lookSoon(Consumer<String> notices) {
    try {
      timer.execute(() -> look(notices));
    } catch (RejectedExecutionException e) {
      // The server ends.
    }
  }

  /** Puts in force what this server itself has just stored; only problems are reported. */
  void reload(Consumer<String> notices) {
    look(text -> {}, notices);
  }

  /** Checks once, by any thread; never throws, as that would end the timer. */
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
    Instant before = checkedAt;
    checkedAt = clock.instant();
    return policy.rules().stream()
        .anyMatch(
            rule ->
                rule.expires() != null
                    && rule.expires().isAfter(before)
                    && !rule.expires().isAfter(checkedAt));
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
