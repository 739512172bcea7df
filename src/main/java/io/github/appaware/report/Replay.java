package io.github.appaware.report;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts recorded events to another policy, without running anything: which verdicts would change.
 * Its memory does not grow with the record.
 *
 * <p>The record keeps less than the decision server had: of the code on the stack the innermost
 * frame and the caller, of a name not what the resolver's search domains made of it.
 */
public final class Replay {
  /** Different changes that are kept; of more, only that there are more. */
  static final int MOST_CHANGES = 10_000;

  private static final int MOST_APPLICATIONS = 10_000;

  private static final Comparator<Change> WORST_FIRST =
      Comparator.comparing((Change change) -> change.becomes() != Action.DENY)
          .thenComparing(change -> change.becomes() != Action.ASK)
          .thenComparing(Comparator.comparingLong(Change::count).reversed());

  private final Policy policy;
  private final Instant now;
  private final Map<Named, String> ids = new HashMap<>();
  private final Map<Different, long[]> changes = new LinkedHashMap<>();
  private long lines;
  private long events;
  private long changed;
  private long allowed;
  private long outside;
  private long cut;
  private long unnamed;

  /** What an application's id depends on. */
  private record Named(String file, String sha256) {}

  /** Of a parent the record has only the id, which another policy may give another name. */
  private record Parent(String run, String id) {}

  private final Map<Parent, Named> parents = new HashMap<>();

  private record Different(
      Action was, Action becomes, String app, String event, String library, Reason by) {}

  /**
   * Events that the other policy decides differently.
   *
   * @param was what the policy, or a person, said then; {@code ASK} also for what passed in observe
   *     mode
   * @param becomes what the other policy says
   * @param app the application by the id that the other policy gives it, else by its file name
   * @param event as messages have it: of a host the address does not matter
   * @param library the code that caused it, or empty
   * @param by why the other policy says so
   * @param count how many events
   */
  public record Change(
      Action was,
      Action becomes,
      String app,
      String event,
      String library,
      Reason by,
      long count) {}

  /**
   * For one policy.
   *
   * @param now the instant that its rules expire against
   */
  public Replay(Policy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /** Takes the next line of the record. */
  public void add(RecordEntry entry) {
    lines++;
    events += entry.count();
    if (entry.cut()) {
      cut += entry.count();
      return;
    }
    Action was = entry.event() instanceof Event.Blind ? null : said(entry.verdict());
    if (was == null) {
      outside += entry.count();
      return;
    }
    Application app = named(entry);
    Decision decision = policy.decide(app, entry.event(), entry.origin(), now);
    if (decision.action() == Action.ALLOW) {
      allowed += entry.count();
    }
    if (decision.action() == was) {
      return;
    }
    changed += entry.count();
    Different key =
        new Different(
            was,
            decision.action(),
            app.label(),
            entry.event().describe(),
            LibraryNames.of(entry.origin()),
            decision.reason());
    long[] count = changes.get(key);
    if (count != null) {
      count[0] += entry.count();
    } else if (changes.size() < MOST_CHANGES) {
      changes.put(key, new long[] {entry.count()});
    } else {
      unnamed += entry.count();
    }
  }

  /** What a policy or a person said; null where neither was asked, or it came to nothing. */
  static Action said(Verdict verdict) {
    return switch (verdict.reason().kind()) {
      case RULE, DEFAULT, ANSWER -> verdict.allowed() ? Action.ALLOW : Action.DENY;
      case WOULD_DENY -> Action.DENY;
      case NOBODY, OBSERVED, UNANSWERED, DISMISSED, GONE, FLOOD, WOULD_ASK -> Action.ASK;
      case TIMEOUT,
          UNREACHABLE,
          REFUSED,
          UNRECORDED,
          INTERNAL,
          BLIND,
          PROTECTED,
          CHANGED,
          MALFORMED,
          TEST,
          GUARDED,
          PASSED,
          RESOLVER ->
          null;
    };
  }

  /** The application with the id that this policy gives it, and its parent as well. */
  private Application named(RecordEntry entry) {
    Application app = entry.application();
    Named self = new Named(app.file(), app.sha256());
    String id = id(self);
    String parent = app.parent();
    if (!app.id().isEmpty() && parents.size() < MOST_APPLICATIONS) {
      parents.putIfAbsent(new Parent(entry.run(), app.id()), self);
    }
    Named known = parent.isEmpty() ? null : parents.get(new Parent(entry.run(), parent));
    if (known != null) {
      String other = id(known);
      parent = other.isEmpty() ? known.file() : other;
    } else if (!parent.isEmpty()) {
      String other = id(new Named(parent, ""));
      parent = other.isEmpty() ? parent : other;
    }
    if (id.equals(app.id()) && parent.equals(app.parent())) {
      return app;
    }
    return app.toBuilder().id(id).parent(parent).build();
  }

  private String id(Named app) {
    String known = ids.get(app);
    if (known != null) {
      return known;
    }
    if (ids.size() >= MOST_APPLICATIONS) {
      ids.clear();
    }
    String id =
        policy
            .match(
                Application.builder()
                    .file(app.file())
                    .sha256(app.sha256())
                    .kind(Application.Kind.NATIVE)
                    .build())
            .id();
    ids.put(app, id);
    return id;
  }

  /** What would change: denials first, then questions; of each, the most frequent first. */
  public List<Change> changes() {
    List<Change> all = new ArrayList<>();
    changes.forEach(
        (key, count) ->
            all.add(
                new Change(
                    key.was(),
                    key.becomes(),
                    key.app(),
                    key.event(),
                    key.library(),
                    key.by(),
                    count[0])));
    all.sort(WORST_FIRST);
    return all;
  }

  public long lines() {
    return lines;
  }

  public long events() {
    return events;
  }

  /** Events that the other policy decides differently. */
  public long changed() {
    return changed;
  }

  /** Events that the other policy allows. */
  public long allowed() {
    return allowed;
  }

  /** Those that differ and that {@link #changes} does not name. */
  public long unnamed() {
    return unnamed;
  }

  /** Events that no policy decides: blind ones, those of appaware itself, failures. */
  public long outside() {
    return outside;
  }

  /** Events that the record only counts, so that nothing can be said of them. */
  public long cut() {
    return cut;
  }
}
