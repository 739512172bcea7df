package io.github.appaware.policy.edit;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.UserText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids of one part of a policy, which entries for other parts must avoid: ids are unique over
 * all parts. Immutable.
 */
public final class TakenIds {
  private final Set<String> rules;

  /** What the policy says about each id; empty where that is not known. */
  private final Map<String, Map<String, Object>> apps;

  private TakenIds(Set<String> rules, Map<String, Map<String, Object>> apps) {
    this.rules = Set.copyOf(rules);
    this.apps = Map.copyOf(apps);
  }

  /** Those of a text; none if it can't be read. */
  public static TakenIds of(String text) {
    Map<String, Object> document;
    try {
      document = TomlTree.parse("", text);
    } catch (EditException unreadable) {
      return new TakenIds(Set.of(), Map.of());
    }
    Map<String, Map<String, Object>> apps = new HashMap<>();
    for (Map<String, Object> app : TomlTree.tables(document, DocumentKey.APP)) {
      if (app.get(AppKey.ID.label()) instanceof String id) {
        apps.put(id, app);
      }
    }
    return new TakenIds(RuleIds.in(document), apps);
  }

  /** Those of a policy in force. */
  public static TakenIds of(Policy policy) {
    Set<String> rules = new HashSet<>();
    policy.rules().forEach(rule -> rules.add(rule.id()));
    rules.remove("");
    Map<String, Map<String, Object>> apps = new HashMap<>();
    policy.apps().forEach(app -> apps.put(app.id(), Map.of()));
    return new TakenIds(rules, apps);
  }

  Set<String> rules() {
    return rules;
  }

  /**
   * Whether one of them has this block already; only applications can be had twice.
   *
   * @throws EditException if one of them gives its id to another application
   */
  static boolean has(List<TakenIds> several, PolicyEntry block) throws EditException {
    if (block.table() != DocumentKey.APP) {
      return false;
    }
    String id = block.text(AppKey.ID);
    boolean taken = false;
    for (TakenIds each : several) {
      Map<String, Object> app = each.apps.get(id);
      if (block.values().equals(app)) {
        return true;
      }
      taken |= app != null;
    }
    if (taken) {
      throw new EditException(
          UserText.quoted(id) + " is already the id of another application",
          "ids are unique over all policies");
    }
    return false;
  }
}
