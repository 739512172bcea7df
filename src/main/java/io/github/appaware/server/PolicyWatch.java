package io.github.appaware.server;

import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.policy.PolicyReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
  private String seen;
  private Instant looked;

  /**
   * A watch.
   *
   * @param seen the files' {@link #state} before they were read
   */
  PolicyWatch(List<Path> files, String seen, Decider decider, Clock clock, IntConsumer changed) {
    this.files = files;
    this.decider = decider;
    this.clock = clock;
    this.changed = changed;
    this.seen = seen;
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
      String now = state(files);
      if (!now.equals(seen)) {
        seen = now;
        changed.accept(decider.replace(PolicyReader.read(files)));
        notices.accept("the policy changed on disk and is in force");
      } else if (expired(decider.policy())) {
        changed.accept(decider.replace(decider.policy()));
      }
    } catch (PolicyException e) {
      notices.accept(
          "the policy changed on disk and has problems; the last good one stays:\n"
              + e.getMessage());
    } catch (RuntimeException e) {
      notices.accept("the policy can't be watched: " + e);
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

  /** Changes whenever one of the files does. */
  static String state(List<Path> files) {
    StringBuilder state = new StringBuilder();
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        state.append(attributes.lastModifiedTime()).append(' ').append(attributes.size());
        state.append(' ').append(attributes.fileKey()).append('\n');
      } catch (IOException e) {
        state.append("-\n");
      }
    }
    return state.toString();
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
