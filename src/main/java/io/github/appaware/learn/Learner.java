package io.github.appaware.learn;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.policy.edit.Answers.Addition;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.record.RecordEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Learns from records what was allowed, or passed in the modes observe and audit. The rules are
 * grouped by application and library; hosts stand for addresses where a name was asked for.
 */
public final class Learner {
  /** More than a run's record keeps, times ten; a policy of that size is not read by anyone. */
  static final int MOST = 200_000;

  private static final int MOST_UNLEARNED = 20;

  private final Policy base;
  private final Instant now;
  private final String user;
  private final Programs programs;
  private final Map<Requester, Map<FarEnd, Map<Access, Seen>>> seen = new LinkedHashMap<>();
  private final Map<String, Long> unlearned = new LinkedHashMap<>();
  private final Map<List<Object>, Boolean> writable = new HashMap<>();
  private int size;
  private long events;
  private long learned;
  private long denied;
  private long blind;
  private long cut;
  private long unnamed;

  /**
   * An application's part that one library causes.
   *
   * @param parent the label of the application that started it, or empty where it does not matter
   * @param origin as a rule has it, or empty
   */
  record Requester(Programs.Program program, String parent, String origin) {}

  /**
   * Begins.
   *
   * @param base the policy that the rules are added to: what it allows is not learned again
   * @param now when
   * @param user the author, for the comments
   * @param pinned whether applications are pinned to the content that was seen
   */
  public Learner(Policy base, Instant now, String user, boolean pinned) {
    this.base = base;
    this.now = now;
    this.user = user;
    Set<String> taken = base.apps().stream().map(AppRule::id).collect(Collectors.toSet());
    this.programs = new Programs(pinned, taken);
  }

  /**
   * Takes an entry.
   *
   * @param source the name of its record
   */
  public void add(RecordEntry entry, String source) {
    events += entry.count();
    Event event = entry.event();
    if (entry.cut()) {
      cut += entry.count();
    } else if (event instanceof Event.Blind) {
      blind += entry.count();
    } else if (!entry.verdict().allowed()) {
      denied += entry.count();
    } else {
      learn(entry, event, source);
    }
  }

  private void learn(RecordEntry entry, Event event, String source) {
    Application app = entry.application().withId(base.match(entry.application()).id());
    Programs.Program program = programs.of(app, entry.application().label());
    Decision decision = base.decide(app, event, entry.origin(), now);
    if (decision.action() == Action.ALLOW) {
      return;
    }
    FarEnd far = FarEnd.of(app, event);
    if (decision.action() == Action.DENY && !decision.reason().rule().isEmpty()) {
      unlearned("denied by rule " + decision.reason().rule() + ": " + event.describe(), entry);
    } else if (program == null) {
      unlearned("no rule can name the application: " + event.describe(), entry);
    } else if (far == null || !isWritable(far, entry)) {
      unlearned("no rule can name it: " + event.describe(), entry);
    } else {
      add(program, far, entry, source);
    }
  }

  /** Whether the policy's reader takes a rule about it; the names may be anything. */
  private boolean isWritable(FarEnd far, RecordEntry entry) {
    String origin = Cause.of(entry.origin());
    String parent = entry.application().parent();
    return writable.computeIfAbsent(
        List.of(far, origin, parent),
        none -> {
          Programs.Program any = new Programs.Program("app", "app", true);
          RuleWriter writer =
              new RuleWriter(new Requester(any, parent, origin), programs, now, user, "");
          return writer.rules(far.form(), List.of(far), Set.of(Access.of(entry.event()))).stream()
              .allMatch(rule -> rule.entry().check().isEmpty());
        });
  }

  private void unlearned(String what, RecordEntry entry) {
    if (unlearned.size() < MOST_UNLEARNED || unlearned.containsKey(what)) {
      unlearned.merge(what, (long) entry.count(), Long::sum);
    } else {
      unnamed += entry.count();
    }
  }

  private void add(Programs.Program program, FarEnd far, RecordEntry entry, String source) {
    String parent = program.isThrowAway() ? entry.application().parent() : "";
    Requester requester = new Requester(program, parent, Cause.of(entry.origin()));
    Map<Access, Seen> accesses =
        seen.computeIfAbsent(requester, none -> new LinkedHashMap<>())
            .computeIfAbsent(far, none -> new LinkedHashMap<>());
    Access access = Access.of(entry.event());
    Seen known = accesses.get(access);
    if (known == null) {
      if (size >= MOST) {
        unlearned("beyond " + MOST + " different ones", entry);
        return;
      }
      size++;
      known = new Seen(entry, source);
      accesses.put(access, known);
    }
    known.add(entry);
    learned += entry.count();
  }

  /**
   * The applications and rules to add.
   *
   * @param first the name of the record whose entries are not new; what was first seen in another
   *     one is marked
   */
  public List<Addition> additions(String first) {
    List<Addition> additions = new ArrayList<>();
    List<Addition> rules = new ArrayList<>();
    for (Map.Entry<Requester, Map<FarEnd, Map<Access, Seen>>> each : seen.entrySet()) {
      groups(each.getValue())
          .forEach(
              (key, ends) -> {
                RuleWriter writer = new RuleWriter(each.getKey(), programs, now, user, first);
                for (RuleWriter.Rule rule : writer.rules(key.form(), ends, key.accesses())) {
                  rules.add(
                      new Addition(
                          writer.comment(each.getValue(), ends, rule.accesses()), rule.entry()));
                }
              });
    }
    for (PolicyEntry block : programs.blocks()) {
      additions.add(new Addition(List.of(), block));
    }
    additions.addAll(rules);
    return additions;
  }

  /** What far ends have in common that one rule can name together. */
  private record Group(FarEnd.Form form, TreeSet<Access> accesses) {}

  private static Map<Group, List<FarEnd>> groups(Map<FarEnd, Map<Access, Seen>> ends) {
    Map<Group, List<FarEnd>> groups = new LinkedHashMap<>();
    ends.forEach(
        (far, accesses) -> {
          TreeSet<Access> all = new TreeSet<>(accesses.keySet());
          boolean looksUp =
              far.form() == FarEnd.Form.HOST
                  && all.stream().anyMatch(access -> isOutbound(access.kind()));
          if (looksUp) {
            all.add(Access.resolving()); // which library looks a name up first is chance
          }
          groups.computeIfAbsent(new Group(far.form(), all), none -> new ArrayList<>()).add(far);
        });
    return groups;
  }

  static boolean isOutbound(EventKind kind) {
    return kind == EventKind.CONNECT || kind == EventKind.SEND;
  }

  public long events() {
    return events;
  }

  /** Events that the rules are made of. */
  public long learned() {
    return learned;
  }

  /** Events that were denied, and so not learned. */
  public long denied() {
    return denied;
  }

  /** Blind events, which no rule can be about. */
  public long blind() {
    return blind;
  }

  /** Events that the record only counts. */
  public long cut() {
    return cut;
  }

  /** What could not be learned and why, with the number of events. */
  public Map<String, Long> unlearned() {
    return Map.copyOf(unlearned);
  }

  /** Further events that could not be learned. */
  public long unnamed() {
    return unnamed;
  }
}
