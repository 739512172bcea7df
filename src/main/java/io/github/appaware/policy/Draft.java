package io.github.appaware.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy while its files are being read: what must be true of all of them together. */
final class Draft {
  private final Problems problems;
  private final List<AppRule> apps = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Spot> appIds = new HashMap<>();
  private final Map<String, Spot> ruleIds = new HashMap<>();
  private final List<Value<String>> usedApps = new ArrayList<>();
  private final Problems warnings = new Problems();
  private Value<Action> unknown;
  private Value<Duration> askTimeout;

  Draft(Problems problems) {
    this.problems = problems;
  }

  void add(AppRule app) {
    apps.add(app);
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  /** Takes an id for an application, even one with other problems: it is not missing. */
  void claimApp(Value<String> id) {
    claim(appIds, "app", id);
  }

  void claimRule(Value<String> id) {
    claim(ruleIds, "rule", id);
  }

  private void claim(Map<String, Spot> taken, String what, Value<String> id) {
    Spot first = taken.putIfAbsent(id.value(), id.at());
    if (first != null) {
      problems.add(
          id.at(),
          Words.quoted(id.value()) + " is already the id of the " + what + " in " + first,
          "ids are unique over all files");
    }
  }

  /** Notes that a rule is for an application, which any of the files may define. */
  void useApp(Value<String> id) {
    usedApps.add(id);
  }

  /** Notes what a rule wants on the stack. */
  void useOrigin(Value<OriginPattern> origin) {
    if (origin.value().isOfTheJdk()) {
      warnings.begin(origin.at().file());
      warnings.add(
          origin.at(),
          Words.quoted(origin.value().toString()) + " is part of the JDK, which is no origin",
          "an origin is code of the application or its libraries");
    }
  }

  void setUnknown(Value<Action> value) {
    if (unknown == null) {
      unknown = value;
    } else if (unknown.value() != value.value()) {
      conflict("unknown", unknown.value().label(), unknown.at(), value.at());
    }
  }

  void setAskTimeout(Value<Duration> value) {
    if (askTimeout == null) {
      askTimeout = value;
    } else if (!askTimeout.value().equals(value.value())) {
      conflict("ask-timeout", Durations.text(askTimeout.value()), askTimeout.at(), value.at());
    }
  }

  /** Were the later or the stricter file to win, a file would not mean what it says. */
  private void conflict(String key, String first, Spot firstAt, Spot at) {
    problems.add(
        at, "`" + key + "` is already set to `" + first + "` in " + firstAt, "keep one of them");
  }

  Policy finish(HostLists lists, List<SourceFile> sources) throws PolicyException {
    if (problems.count() > 0) {
      throw new PolicyException(problems.sorted(), sources);
    }
    for (Value<String> app : usedApps) {
      if (!appIds.containsKey(app.value())) {
        warnings.begin(app.at().file());
        warnings.add(app.at(), "no `[[app]]` has the id " + Words.quoted(app.value()), help(app));
      }
    }
    return new Policy(
        apps,
        rules,
        lists,
        unknown == null ? Policy.UNKNOWN : unknown.value(),
        unknown == null ? "" : unknown.at().toString(),
        askTimeout == null ? Policy.ASK_TIMEOUT : askTimeout.value(),
        warnings.sorted(),
        sources);
  }

  private String help(Value<String> app) {
    return appIds.isEmpty()
        ? "define it, or the rule can never match"
        : Suggestion.help(app.value(), appIds.keySet().stream().sorted().toList());
  }
}
