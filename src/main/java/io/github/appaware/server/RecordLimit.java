package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much one run may add to the record: a program that keeps inventing endpoints must not fill
 * the disk. The first {@link #MOST} distinct lines are kept, and repeated as often as they happen,
 * but for floods: of one line, {@link #PER_SECOND} are written in a second, once a burst of {@link
 * #BURST} is spent, and each tells the events that were held back before. After that, events of
 * other lines are counted by application, library, kind, verdict and rule; each such count is
 * written with its first event, and again whenever it has doubled, so that little is lost when the
 * server is killed, and at the end of the run. Safe for all threads.
 */
final class RecordLimit {
  /** Distinct lines of a run; a line has about a kilobyte. */
  static final int MOST = 20_000;

  /** Counts; a program may invent libraries too. Beyond, only verdict and rule count. */
  static final int MOST_COUNTS = 1_000;

  /** Repeats of a line that are written however fast they come. */
  static final int BURST = 1_000;

  /** Repeats of a line in a second, after that. */
  static final int PER_SECOND = 10;

  private static final long NANOS_FOR_ONE = 1_000_000_000L / PER_SECOND;

  private final int most;
  private final LongSupplier nanoTime;
  private final MessageDigest digest = digest();
  private final Map<Key, Repeats> known = new HashMap<>();
  private final Map<Object, Count> counts = new HashMap<>();

  /** Half of a digest, which no program can aim at. */
  private record Key(long upper, long lower) {}

  /** What events beyond the limit are counted by. */
  private record Group(
      String application, String library, EventKind kind, boolean allowed, Reason reason) {}

  /** How often a line may be written, and what of it no line tells yet. */
  private static final class Repeats {
    private long paid;
    private RecordEntry last;
    private int pending;

    Repeats(long now) {
      paid = now - BURST * NANOS_FOR_ONE;
    }

    RecordEntry admit(RecordEntry entry, long now) {
      long full = now - BURST * NANOS_FOR_ONE;
      paid = paid - full < 0 ? full : paid;
      if (now - paid >= NANOS_FOR_ONE) {
        paid += NANOS_FOR_ONE;
        RecordEntry whole = pending == 0 ? entry : with(entry, sum(entry));
        forget();
        return whole;
      }
      pending = sum(entry);
      last = entry;
      return null;
    }

    RecordEntry take() {
      RecordEntry whole = with(last, pending);
      forget();
      return whole;
    }

    private void forget() {
      pending = 0;
      last = null;
    }

    private int sum(RecordEntry entry) {
      return (int) Math.min(Integer.MAX_VALUE, (long) pending + entry.count());
    }

    private static RecordEntry with(RecordEntry entry, int count) {
      return new RecordEntry(
          entry.time(),
          entry.run(),
          entry.application(),
          entry.event(),
          entry.origin(),
          entry.verdict(),
          count,
          entry.cut());
    }
  }

  /** Events that no line tells yet. */
  private static final class Count {
    private RecordEntry last;
    private int pending;
    private int next = 1;

    RecordEntry take() {
      int all = pending;
      pending = 0;
      next = all > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * all;
      return new RecordEntry(
          last.time(),
          last.run(),
          last.application(),
          last.event(),
          last.origin(),
          last.verdict(),
          all,
          true);
    }
  }

  RecordLimit() {
    this(MOST, System::nanoTime);
  }

  /**
   * With another limit of distinct lines.
   *
   * @param nanoTime the time in nanoseconds, as {@link System#nanoTime}
   */
  RecordLimit(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  /** What is to be written now: the entry itself, one that counts others too, or null. */
  synchronized RecordEntry admit(RecordEntry entry) {
    Key key = key(entry);
    Repeats repeats = known.get(key);
    if (repeats == null && known.size() < most) {
      repeats = new Repeats(nanoTime.getAsLong());
      known.put(key, repeats);
    }
    if (repeats != null) {
      return repeats.admit(entry, nanoTime.getAsLong());
    }
    Count count = count(entry);
    count.last = entry;
    count.pending = (int) Math.min(Integer.MAX_VALUE, (long) count.pending + entry.count());
    return count.pending >= count.next ? count.take() : null;
  }

  /** Whether anything was cut. */
  synchronized boolean isReached() {
    return !counts.isEmpty();
  }

  /** What no line tells yet. */
  synchronized List<RecordEntry> rest() {
    List<RecordEntry> rest = new ArrayList<>();
    for (Repeats repeats : known.values()) {
      if (repeats.pending > 0) {
        rest.add(repeats.take());
      }
    }
    for (Count count : counts.values()) {
      if (count.pending > 0) {
        rest.add(count.take());
      }
    }
    return rest;
  }

  private Count count(RecordEntry entry) {
    Verdict verdict = entry.verdict();
    Object group =
        new Group(
            name(entry.application()),
            library(entry.origin()),
            entry.event().kind(),
            verdict.allowed(),
            verdict.reason());
    if (!counts.containsKey(group) && counts.size() >= MOST_COUNTS) {
      group = List.of(verdict.allowed(), verdict.reason());
    }
    return counts.computeIfAbsent(group, none -> new Count());
  }

  private static String name(Application application) {
    return application.path() + '\n' + application.sha256();
  }

  private static String library(Origin origin) {
    return origin.frames().isEmpty() ? "" : origin.frames().get(0).source().path();
  }

  private static String caller(Origin origin) {
    return origin.caller() == null ? "" : origin.caller().describe();
  }

  /** Not the process, the thread, the time and the epoch. */
  private Key key(RecordEntry entry) {
    String text =
        entry.event()
            + "\n"
            + name(entry.application())
            + "\n"
            + library(entry.origin())
            + "\n"
            + caller(entry.origin())
            + "\n"
            + entry.origin().test()
            + "\n"
            + entry.verdict().allowed()
            + entry.verdict().reason();
    byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer halves = ByteBuffer.wrap(hash);
    return new Key(halves.getLong(), halves.getLong());
  }
}
