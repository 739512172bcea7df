package io.github.appaware.policy.engine;

import io.github.appaware.event.Application;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups that applications are in. They are computed once for each application and cached, so
 * the cost of a decision does not grow with the number of groups. Safe for any number of threads.
 */
final class GroupMemberships {
  /** The cache's limit, in applications; a server has hundreds. */
  private static final int MOST_KEPT = 10_000;

  /** All of an application that groups look at. */
  private record Member(String machine, String user, String app) {}

  private final List<Group> groups;
  private final Map<Member, Set<String>> known = new ConcurrentHashMap<>();

  /** For the groups that rules name. */
  GroupMemberships(List<Rule> rules) {
    Set<Group> all = new HashSet<>();
    for (Rule rule : rules) {
      all.addAll(rule.groups());
    }
    this.groups = List.copyOf(all);
  }

  /** Their ids. */
  Set<String> of(Application app) {
    if (groups.isEmpty()) {
      return Set.of();
    }
    Member member = new Member(app.machine(), app.user(), app.id());
    Set<String> found = known.get(member);
    if (found == null) {
      found = find(app);
      if (known.size() >= MOST_KEPT) {
        known.clear();
      }
      known.put(member, found);
    }
    return found;
  }

  private Set<String> find(Application app) {
    Set<String> found = new HashSet<>();
    for (Group group : groups) {
      if (group.has(app)) {
        found.add(group.id());
      }
    }
    return Set.copyOf(found);
  }
}
