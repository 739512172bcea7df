package io.github.appaware.policy.explain;

import io.github.appaware.event.EventKind;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Finds rules that never decide because a deny rule covers them. It has no false positives, but
 * does not find a rule that only several others cover together.
 *
 * <p>A rule that covers another shares an indexed key with it, or is one of few that have none, so
 * a hundred thousand rules are not compared pairwise.
 */
final class ShadowedRules {
  /** The number of rules tried for each key. */
  private static final int MOST_TRIED = 64;

  /** Where rules with host lists are found, and those that name no far end at all. */
  private static final List<RuleKey> LISTS = List.of(RuleKey.HOST_LIST);

  private static final List<String> ANY = List.of("");

  private final Map<Object, List<Rule>> denies = new HashMap<>();

  /**
   * Looks for shadows among these rules.
   *
   * @param now the instant that rules expire against
   */
  ShadowedRules(List<Rule> rules, Instant now) {
    for (Rule rule : rules) {
      if (rule.action() == Action.DENY
          && (rule.expires() == null || now.isBefore(rule.expires()))) {
        for (Object key : keys(rule)) {
          List<Rule> same = denies.computeIfAbsent(key, first -> new ArrayList<>());
          if (same.size() < MOST_TRIED) {
            same.add(rule);
          }
        }
      }
    }
  }

  private static List<?> keys(Rule rule) {
    if (!rule.hosts().isEmpty()) {
      return rule.hosts();
    }
    if (!rule.hostLists().isEmpty()) {
      return LISTS;
    }
    if (!rule.addresses().isEmpty()) {
      return networks(rule);
    }
    return !rule.paths().isEmpty() ? rule.paths() : ANY;
  }

  /** The deny rule that decides whatever the rule matches, or null. */
  Rule over(Rule rule) {
    if (rule.action() == Action.DENY) {
      return null; // at most another reason for the same
    }
    for (Object key : keysOfWider(rule)) {
      for (Rule deny : denies.getOrDefault(key, List.of())) {
        if (deny.priority() >= rule.priority() && covers(deny, rule)) {
          return deny;
        }
      }
    }
    return null;
  }

  /** Any rule that covers this one has one of these keys. */
  private static List<Object> keysOfWider(Rule rule) {
    List<Object> all = new ArrayList<>();
    all.addAll(ANY);
    if (!rule.hosts().isEmpty()) {
      HostPattern first = rule.hosts().get(0);
      all.add(first);
      String name = first.name();
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        all.add(new HostPattern(name.substring(dot + 1), true));
      }
    }
    if (!rule.hosts().isEmpty() || !rule.hostLists().isEmpty()) {
      all.addAll(LISTS);
    }
    if (!rule.addresses().isEmpty()) {
      AddressPattern.Network first = rule.addresses().get(0).networks().get(0);
      for (int length = first.length(); length >= 0; length--) {
        all.add(AddressPattern.Network.around(first.address(), length));
      }
    }
    if (!rule.paths().isEmpty()) {
      all.add(rule.paths().get(0));
    }
    return all;
  }

  private static boolean covers(Rule deny, Rule rule) {
    for (RuleKey key : RuleKey.values()) {
      if (!covers(deny, rule, key)) {
        return false;
      }
    }
    return isAboutLookUps(deny) || !isAboutLookUps(rule);
  }

  /** Whether the deny rule's key, taken alone, excludes no event that the other rule matches. */
  private static boolean covers(Rule deny, Rule rule, RuleKey key) {
    return switch (key) {
      case ID, ACTION, PRIORITY, NOTE -> true; // no conditions on an event
      case EXPIRES -> outlives(deny, rule);
      case APP, PARENT, USER, MACHINE, GROUP, EVENT, PROTOCOL, PATH, PEER, THROUGH, ORIGIN ->
          holds(deny.values(key), rule.values(key));
      case HOST -> holds(deny.hosts(), rule.hosts(), ShadowedRules::covers);
      case HOST_LIST ->
          holds(deny.hostLists(), rule.hostLists())
              || holds(deny.hostLists(), rule.hosts(), ShadowedRules::covers);
      case ADDRESS -> holds(networks(deny), networks(rule), ShadowedRules::covers);
      case PORT -> holds(deny.ports(), rule.ports(), ShadowedRules::covers);
      case LOCAL_PORT -> holds(deny.localPorts(), rule.localPorts(), ShadowedRules::covers);
    };
  }

  private static boolean outlives(Rule deny, Rule rule) {
    return deny.expires() == null
        || (rule.expires() != null && !deny.expires().isBefore(rule.expires()));
  }

  private static boolean covers(HostPattern wide, HostPattern narrow) {
    return wide.equals(narrow) || (wide.below() && narrow.name().endsWith("." + wide.name()));
  }

  private static boolean covers(HostList wide, HostPattern narrow) {
    return !narrow.below() && wide.contains(narrow.name());
  }

  private static boolean covers(AddressPattern.Network wide, AddressPattern.Network narrow) {
    return wide.length() <= narrow.length()
        && narrow.address().startsWith(wide.address(), wide.length());
  }

  private static boolean covers(PortRange wide, PortRange narrow) {
    return wide.low() <= narrow.low() && narrow.high() <= wide.high();
  }

  private static List<AddressPattern.Network> networks(Rule rule) {
    return rule.addresses().stream().flatMap(pattern -> pattern.networks().stream()).toList();
  }

  /** Whether a key is absent, or has all values of the other rule's. */
  private static boolean holds(Collection<?> wide, Collection<?> narrow) {
    return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
  }

  /** Whether a key is absent, or each value of the other rule's is covered by one of it. */
  private static <W, N> boolean holds(
      Collection<W> wide, Collection<N> narrow, BiPredicate<W, N> covers) {
    return wide.isEmpty()
        || (!narrow.isEmpty()
            && narrow.stream().allMatch(one -> wide.stream().anyMatch(w -> covers.test(w, one))));
  }

  /** Whether a look-up of a name can match: see {@link RuleEvaluation}. */
  private static boolean isAboutLookUps(Rule rule) {
    boolean narrower =
        !rule.addresses().isEmpty()
            || !rule.ports().isEmpty()
            || !rule.localPorts().isEmpty()
            || !rule.protocols().isEmpty()
            || !rule.peers().isEmpty()
            || !rule.through().isEmpty();
    if (!rule.events().isEmpty() && !rule.events().contains(EventKind.RESOLVE)) {
      return false;
    }
    if (rule.hosts().isEmpty() && rule.hostLists().isEmpty()) {
      return !narrower && rule.paths().isEmpty();
    }
    return !narrower || rule.action() == Action.ALLOW || !rule.events().isEmpty();
  }
}
