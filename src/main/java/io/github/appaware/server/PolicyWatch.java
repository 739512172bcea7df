package io.github.appaware.server;

import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.policy.PolicyReader;
import io.github.appaware.policy.SourceFile;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Puts an edited policy in force, and makes verdicts of rules that expired void. Looks at the files
 * every 300 ms: file notifications miss what editors and network file systems do.
 */
final class PolicyWatch implements Closeable {
  private static final long EVERY_MILLIS = 300;

  private final List<Path> files;
  private final Decider decider;
  private final Clock clock;
  private final IntConsumer changed;
  private ScheduledExecutorService timer;
  private List<SourceFile> seen;
  private Instant looked;

  /** A watch over the files that the policy in force was read from, and those that they name. */
  PolicyWatch(List<Path> files, Decider decider, Clock clock, IntConsumer changed) {
    this.files = files;
    this.decider = decider;
    this.clock = clock;
    this.changed = changed;
    this.seen = decider.policy().sources();
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
            () -> look(notices), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** One look; never throws, or there would be no next one. */
  void look(Consumer<String> notices) {
    try {
      if (seen.stream().anyMatch(SourceFile::isChanged)) {
        Policy policy = PolicyReader.read(files);
        seen = policy.sources();
        changed.accept(decider.replace(policy));
        notices.accept("the policy changed on disk and is in force");
        PolicyNotices.warnings(policy, clock.instant()).forEach(notices);
      } else if (expired(decider.policy())) {
        changed.accept(decider.replace(decider.policy()));
      }
    } catch (PolicyException e) {
      seen = e.sources();
      notices.accept(
          "the policy changed on disk and has problems; the last good one stays:\n"
              + e.getMessage());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      seen = seen.stream().map(file -> SourceFile.of(file.path())).toList();
      notices.accept("the policy changed on disk and can't be read; the last good one stays: " + e);
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
