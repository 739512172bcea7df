package io.github.appaware.policy.read;

import io.github.appaware.event.Address;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.DefaultKey;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.Durations;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.SourceFile;
import io.github.appaware.policy.model.Suggestion;
import io.github.appaware.policy.model.UserText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects a policy while its files are read, and checks what concerns all of them together. */
final class PolicyBuilder {
  private final Problems problems;
  private final List<AppRule> apps = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Position> appIds = new HashMap<>();
  private final Map<String, Position> groupIds = new HashMap<>();
  private final Map<String, Position> ruleIds = new HashMap<>();
  private final List<Located<String>> usedApps = new ArrayList<>();
  private final List<Located<String>> usedGroups = new ArrayList<>();
  private final Problems warnings = new Problems();
  private Located<Action> unknown;
  private Located<Duration> askTimeout;
  private final Set<Address> nameServers = new LinkedHashSet<>();

  PolicyBuilder(Problems problems) {
    this.problems = problems;
  }

  /** What the user should know although the policy is valid. */
  Problems warnings() {
    return warnings;
  }

  void add(AppRule app) {
    apps.add(app);
  }

  void add(Group group) {
    groups.add(group);
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  /** Takes an id for an application, even one with other problems: it is not missing. */
  void claimApp(Located<String> id) {
    claim(appIds, DocumentKey.APP, id);
  }

  void claimGroup(Located<String> id) {
    claim(groupIds, DocumentKey.GROUP, id);
  }

  void claimRule(Located<String> id) {
    claim(ruleIds, DocumentKey.RULE, id);
  }

  private void claim(Map<String, Position> taken, DocumentKey table, Located<String> id) {
    Position first = taken.putIfAbsent(id.value(), id.at());
    if (first != null) {
      problems.add(
          id.at(),
          UserText.quoted(id.value())
              + " is already the id of the "
              + table.label()
              + " in "
              + first,
          "ids are unique over all files");
    }
  }

  /** Notes that a rule or group is for an application, which any of the files may define. */
  void useApp(Located<String> id) {
    usedApps.add(id);
  }

  /** Notes that a rule is for a group, which any of the files may define. */
  void useGroup(Located<String> id) {
    usedGroups.add(id);
  }

  /** Notes what a rule wants on the stack. */
  void useOrigin(Located<OriginPattern> origin) {
    if (origin.value().isOfTheJdk()) {
      warnings.begin(origin.at().file());
      warnings.add(
          origin.at(),
          UserText.quoted(origin.value().toString()) + " is part of the JDK, which is no origin",
          "an origin is code of the application or its libraries");
    }
  }

  void setUnknown(Located<Action> value) {
    if (unknown == null) {
      unknown = value;
    } else if (unknown.value() != value.value()) {
      conflict(DefaultKey.UNKNOWN, unknown.value().label(), unknown.at(), value.at());
    }
  }

  void setAskTimeout(Located<Duration> value) {
    if (askTimeout == null) {
      askTimeout = value;
    } else if (!askTimeout.value().equals(value.value())) {
      conflict(
          DefaultKey.ASK_TIMEOUT, Durations.text(askTimeout.value()), askTimeout.at(), value.at());
    }
  }

  /** Those of all files count. */
  void addNameServer(Address server) {
    nameServers.add(server);
  }

  /** If the later or the stricter file won, a file would not mean what it says. */
  private void conflict(DefaultKey key, String first, Position firstAt, Position at) {
    problems.add(
        at,
        "`" + key.label() + "` is already set to `" + first + "` in " + firstAt,
        "keep one of them");
  }

  Policy finish(HostLists lists, List<SourceFile> sources) throws PolicyException {
    if (problems.count() > 0) {
      throw new PolicyException(problems.sorted(), sources);
    }
    for (Located<String> app : usedApps) {
      if (!appIds.containsKey(app.value())) {
        warnings.begin(app.at().file());
        warnings.add(
            app.at(), "no `[[app]]` has the id " + UserText.quoted(app.value()), help(app, appIds));
      }
    }
    for (Located<String> group : usedGroups) {
      if (!groupIds.containsKey(group.value())) {
        warnings.begin(group.at().file());
        warnings.add(
            group.at(),
            "no `[[group]]` has the id " + UserText.quoted(group.value()),
            help(group, groupIds));
      }
    }
    return new Policy(
        apps,
        groups,
        inGroups(),
        lists,
        unknown == null ? Policy.UNKNOWN : unknown.value(),
        unknown == null ? "" : unknown.at().toString(),
        askTimeout == null ? null : askTimeout.value(),
        List.copyOf(nameServers),
        warnings.sorted(),
        sources);
  }

  /** The rules with the groups that their ids stand for, now that all files are read. */
  private List<Rule> inGroups() {
    Map<String, Group> byId = new HashMap<>();
    groups.forEach(group -> byId.put(group.id(), group));
    return rules.stream()
        .map(
            rule ->
                rule.groups().isEmpty()
                    ? rule
                    : rule.withGroups(
                        rule.groups().stream()
                            .map(named -> byId.getOrDefault(named.id(), named))
                            .toList()))
        .toList();
  }

  private static String help(Located<String> id, Map<String, Position> known) {
    return known.isEmpty()
        ? "define it, or the rule can never match"
        : Suggestion.help(id.value(), known.keySet().stream().sorted().toList());
  }
}
