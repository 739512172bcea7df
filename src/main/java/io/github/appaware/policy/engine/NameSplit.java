package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.NameTable;
import java.util.Collection;
import java.util.Map;

/** Divides rules by {@code host}, else by {@code host-list}. */
final class NameSplit implements Split {
  private final HostLists lists;

  NameSplit(HostLists lists) {
    this.lists = lists;
  }

  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    if (!compiledRule.rule().hosts().isEmpty()) {
      return compiledRule.rule().hosts();
    }
    return compiledRule.rule().hostLists().isEmpty() ? null : compiledRule.rule().hostLists();
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    NameMap<Node> names = new NameMap<>();
    Node[] byList = new Node[lists.count()];
    boolean listed = false;
    for (Map.Entry<Object, Node> child : children.entrySet()) {
      if (child.getKey() instanceof HostList list) {
        byList[list.number()] = child.getValue();
        listed = true;
      } else {
        names.put((HostPattern) child.getKey(), child.getValue());
      }
    }
    return new Names(Split.best(always, children), always, names, listed ? lists : null, byList);
  }

  private static final class Names extends Node {
    private final Node always;
    private final NameMap<Node> names;

    /** Null if no list is meant. */
    private final HostLists lists;

    private final Node[] byList;

    Names(int best, Node always, NameMap<Node> names, HostLists lists, Node[] byList) {
      super(best);
      this.always = always;
      this.names = names;
      this.lists = lists;
      this.byList = byList;
    }

    @Override
    int search(Query query, int limit) {
      int found = always.first(query, limit);
      for (int i = 0; i < query.hostCount(); i++) {
        found = search(query, query.host(i), found);
      }
      return found;
    }

    private int search(Query query, String host, int limit) {
      int found = limit;
      boolean below = names.hasBelow() || (lists != null && lists.hasBelow());
      long hash = NameTable.start();
      for (int i = host.length() - 1; i >= 0; i--) {
        char c = host.charAt(i);
        if (c == '.' && i > 0 && below) {
          found = child(names.below(host, i + 1, hash), query, found);
          if (lists != null) {
            found = children(lists.withParent(host, i + 1, hash), query, found);
          }
        }
        hash = NameTable.next(hash, c);
      }
      found = child(names.exact(host, hash), query, found);
      return lists == null ? found : children(lists.withName(host, hash), query, found);
    }

    private int children(int[] set, Query query, int limit) {
      int found = limit;
      if (set != null) {
        for (int list : set) {
          found = child(byList[list], query, found);
        }
      }
      return found;
    }

    private static int child(Node child, Query query, int limit) {
      return child == null ? limit : child.first(query, limit);
    }
  }
}
