package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  /** One application and its events, each with the priority of the rule that asks. */
  private record AppEvents(Application app, Map<Event, Integer> events) {}

  private final Map<ApplicationKey, AppEvents> asked = new LinkedHashMap<>();
  private int count;
  private boolean more;

  /**
   * Notes an event.
   *
   * @param priority of the rule that asks; only called when the event is new
   */
  synchronized void add(Application app, Event event, IntSupplier priority) {
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
        .put(what, priority.getAsInt());
    count++;
  }

  /** Entries of a policy, each a text of several lines; empty when there is no such event. */
  synchronized List<String> blocks(Policy policy) {
    List<String> blocks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    asked.values().forEach(each -> add(each, policy, ids, blocks));
    if (more) {
      blocks.add("# and more, which would be asked in another run");
    }
    return blocks;
  }

  private static void add(AppEvents asked, Policy policy, Set<String> ids, List<String> blocks) {
    try {
      String id = policy.match(asked.app).id();
      if (id.isEmpty()) {
        PolicyEntry block = AppBlocks.of(asked.app, policy, ids);
        id = block.text(AppKey.ID);
        ids.add(id);
        blocks.add(String.join("\n", block.lines()));
      }
      Set<String> rules = new HashSet<>();
      for (Map.Entry<Event, Integer> each : asked.events.entrySet()) {
        String block = block(asked.app, each.getKey(), each.getValue(), id);
        if (rules.add(block)) {
          blocks.add(block);
        }
      }
    } catch (AnswerException | EditException e) {
      blocks.add("# " + e.getMessage());
    }
  }

  /** A name that was not even looked up has no port yet: the rule is about the whole host. */
  private static String block(Application app, Event event, int priority, String id)
      throws EditException {
    Choice.Scope scope =
        event instanceof Event.Resolve resolve && resolve.host() != null
            ? Choice.Scope.HOST
            : Choice.Scope.ENDPOINT;
    try {
      Choice choice = new Choice(true, scope, Choice.Term.ALWAYS);
      PolicyEntry rule =
          AnswerRules.rule(choice, ProvenNames.allowable(app, event), Origin.UNKNOWN, priority);
      return rule.check().isEmpty()
          ? String.join("\n", rule.with(RuleKey.APP, id).lines())
          : "# no rule can allow " + event.describe();
    } catch (AnswerException e) {
      return "# no rule can allow " + event.describe();
    }
  }
}
