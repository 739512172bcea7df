package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A key by which the decision tree divides rules: a rule is found under each of its values, or
 * always if it does not have the key.
 */
interface Split {
  /** The values under which the rule is to be found, or null if it is to be found always. */
  Collection<?> keys(CompiledRule compiledRule);

  /** The node that finds these, with all that is found always. */
  Node node(Node always, Map<Object, Node> children);

  /**
   * The splits for look-ups of names, the most selective first. Such events have no address, port
   * or path, but a rule with a host and a port can match them, so it must not be searched by port.
   */
  static List<Split> ofLookUps(HostLists lists) {
    return List.of(
        new NameSplit(lists),
        new WordSplit(compiledRule -> compiledRule.rule().apps(), query -> query.app.id()),
        new OriginSplit(),
        WordSplit.literal(Rule::parents, query -> query.app.parent()),
        WordSplit.literal(Rule::users, query -> query.app.user()),
        WordSplit.literal(Rule::machines, query -> query.machine),
        new GroupSplit());
  }

  /** The splits for all other events. */
  static List<Split> ofOthers(HostLists lists) {
    List<Split> all = new ArrayList<>(ofLookUps(lists));
    all.addAll(
        1, List.of(new NetworkSplit(), new PathSplit(), new PortSplit(false), new PortSplit(true)));
    all.add(new ShapeSplit());
    return all;
  }

  /** The least rank in a node and its children. */
  static int best(Node always, Map<Object, Node> children) {
    int best = always.best();
    for (Node child : children.values()) {
      best = Math.min(best, child.best());
    }
    return best;
  }
}
