package io.github.appaware.agent;

import io.github.appaware.link.Link;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Reports the uses of cached verdicts to the server. They are counted for a moment first, a longer
 * one while they never cease: a loop of denials must not fill the disk.
 */
final class UseReports {
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);

  private final Link link;
  private final CachedVerdictUses uses = new CachedVerdictUses();

  /** Of the writing thread. */
  private long batch = SHORTEST;

  private long reported = System.nanoTime();

  UseReports(Link link) {
    this.link = link;
  }

  /** Notes one use; by any thread. */
  void used(CachedVerdict reused) {
    boolean noted = false;
    try {
      if (reused.count()) {
        boolean again = reused.missed;
        if ((uses.add(reused) || again) && !link.reportSoon()) {
          uses.announceAgain(); // full: the next use tries again, at the latest the end does
        }
        reused.missed = false;
      }
      noted = true;
    } finally {
      if (!noted) {
        reused.missed = true; // the stack's end: this use fails, the next one tells of both
      }
    }
  }

  /** How long to let uses add up; by the writing thread, like all that follows. */
  long after() {
    boolean unceasing = System.nanoTime() - reported < batch;
    batch = unceasing ? Math.min(2 * batch, LONGEST) : SHORTEST;
    return batch;
  }

  void report() throws IOException {
    CachedVerdict next;
    for (CachedVerdict reused = uses.takeAll(); reused != null; reused = next) {
      next = uses.drop(reused); // once its count is taken, it may be added anew
      long since = reused.since();
      int count = reused.take();
      Message used = new Message.Used(reused.event, reused.origin, reused.verdict, count, since);
      if (count > 0 && !link.send(FrameChannel.frame(used))) {
        reused.giveBack(count);
        boolean unused = uses.add(reused);
      }
    }
    reported = System.nanoTime();
  }
}
