package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The events about which there was no one to ask, as the policy that would allow them. Safe for all
 * threads.
 */
final class UnaskedEvents {
  /** Events that are kept; of more, only that there are more. */
  private static final int MAX = 40;

  /** What one rule would be about. */
  private record Asked(Event event, Origin origin, int priority) {}

  /** One application and its events, the first of each. */
  private record AppEvents(Application app, Map<Event, Asked> events) {}

  private final Map<ApplicationKey, AppEvents> asked = new LinkedHashMap<>();
  private int count;
  private boolean more;

  /**
   * Notes an event.
   *
   * @param priority of the rule that asks; only called when the event is new
   */
  synchronized void add(Application app, Event event, Origin origin, IntSupplier priority) {
    ApplicationKey key = ApplicationKey.of(app);
    Event what =
        event instanceof Event.Inet inet && inet.kind().isInbound() ? inet.withPort(0) : event;
    AppEvents known = asked.get(key);
    if (known != null && known.events.containsKey(what)) {
      return;
    }
    if (count == MAX) {
      more = true;
      return;
    }
    asked
        .computeIfAbsent(key, unused -> new AppEvents(app, new LinkedHashMap<>()))
        .events
        .put(what, new Asked(what, origin, priority.getAsInt()));
    count++;
  }

  /**
   * Entries of a policy, each a text of several lines; empty when there is no such event.
   *
   * @param began when the run began
   */
  synchronized List<String> blocks(Policy policy, Instant began) {
    List<String> blocks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    asked.values().forEach(each -> add(each, began, policy, ids, blocks));
    if (more) {
      blocks.add("# and more, which would be asked in another run");
    }
    return blocks;
  }

  private static void add(
      AppEvents asked, Instant began, Policy policy, Set<String> ids, List<String> blocks) {
    try {
      AnsweredApp app = AnsweredApp.of(asked.app, began, policy, ids);
      if (app.block().isPresent()) {
        ids.add(app.id());
        blocks.add(String.join("\n", app.block().get().lines()));
      }
      List<PolicyEntry> rules = new ArrayList<>();
      Set<String> impossible = new LinkedHashSet<>();
      for (Asked each : asked.events.values()) {
        List<PolicyEntry> some = rules(asked.app, app, each);
        rules.addAll(some);
        if (some.isEmpty()) {
          impossible.add("# no rule can allow " + each.event.describe());
        }
      }
      for (PolicyEntry rule :
          merged(merged(merged(rules, RuleKey.PORT), RuleKey.HOST), RuleKey.ADDRESS)) {
        blocks.add(String.join("\n", rule.lines()));
      }
      blocks.addAll(impossible);
    } catch (AnswerException | EditException e) {
      blocks.add("# " + e.getMessage());
    }
  }

  /** As few as say the same, so that they fit on a screen. */
  private static List<PolicyEntry> merged(List<PolicyEntry> rules, RuleKey key) {
    List<PolicyEntry> fewer = new ArrayList<>();
    for (PolicyEntry rule : rules) {
      PolicyEntry both = null;
      for (int i = 0; i < fewer.size() && both == null; i++) {
        both = fewer.get(i).merged(rule, key);
        if (both != null) {
          fewer.set(i, both);
        }
      }
      if (both == null) {
        fewer.add(rule);
      }
    }
    return fewer;
  }

  /** The rules that a person would have had written; none where there can't be one. */
  private static List<PolicyEntry> rules(Application app, AnsweredApp limits, Asked asked) {
    Choice choice = new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ALWAYS);
    List<PolicyEntry> rules = new ArrayList<>();
    try {
      Event event = ProvenNames.allowable(app, asked.event);
      for (PolicyEntry rule : AnswerRules.rules(choice, event, asked.origin, asked.priority)) {
        PolicyEntry limited = limits.limit(rule, asked.origin);
        if (!limited.check().isEmpty()) {
          return List.of();
        }
        rules.add(limited);
      }
      return rules;
    } catch (AnswerException e) {
      return List.of();
    }
  }
}
