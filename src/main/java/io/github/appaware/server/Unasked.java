package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.Block;
import io.github.appaware.policy.EditException;
import io.github.appaware.policy.Policy;
import io.github.appaware.wire.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What would have been asked, had there been anybody: as the policy that would allow it, to be
 * pasted. Safe for all threads.
 */
final class Unasked {
  /** More than these are counted; nobody pastes more. */
  private static final int MOST = 40;

  private final Map<Application, Set<Event>> events = new LinkedHashMap<>();
  private int count;
  private int more;

  synchronized void add(Application app, Event event) {
    Application who = app.in(0, "");
    Event what =
        event instanceof Event.Inet inet && inet.kind().isInbound() ? inet.withPort(0) : event;
    Set<Event> known = events.computeIfAbsent(who, unused -> new LinkedHashSet<>());
    if (known.contains(what)) {
      return;
    }
    if (count == MOST) {
      more++;
      return;
    }
    known.add(what);
    count++;
  }

  /** Blocks of a policy, each a text of several lines; empty when there was nothing to ask. */
  synchronized List<String> blocks(Policy policy) {
    List<String> blocks = new ArrayList<>();
    events.forEach((app, all) -> add(app, all, policy, blocks));
    if (more > 0) {
      blocks.add("# and " + more + " more");
    }
    return blocks;
  }

  private static void add(Application app, Set<Event> all, Policy policy, List<String> blocks) {
    try {
      String id = policy.match(app).id();
      if (id.isEmpty()) {
        Block block = AppBlocks.of(app, policy);
        id = block.text("id");
        blocks.add(String.join("\n", block.lines()));
      }
      for (Event event : all) {
        blocks.add(block(event, id));
      }
    } catch (AnswerException | EditException e) {
      blocks.add("# " + e.getMessage());
    }
  }

  /** A name that may not even be looked up has no port yet: the rule is about all of the host. */
  private static String block(Event event, String id) throws EditException {
    Choice.Scope scope =
        event instanceof Event.Resolve resolve && resolve.host() != null
            ? Choice.Scope.HOST
            : Choice.Scope.ENDPOINT;
    try {
      Block rule =
          Scopes.rule(new Choice(true, scope, Choice.Term.ALWAYS), event, Origin.UNKNOWN, 0);
      return rule.check().isEmpty()
          ? String.join("\n", rule.with("app", id).lines())
          : "# no rule can allow " + event.describe();
    } catch (AnswerException e) {
      return "# no rule can allow " + event.describe();
    }
  }
}
