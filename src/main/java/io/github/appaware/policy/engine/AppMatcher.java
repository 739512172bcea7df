package io.github.appaware.policy.engine;

import io.github.appaware.event.Application;
import io.github.appaware.event.Text;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.policy.model.AppRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the id of an application, and the reason why an id that seems to fit does not apply. */
final class AppMatcher {
  /** Enough digits to distinguish two builds. */
  private static final int SHOWN_DIGITS = 8;

  /**
   * If several fit, one that pins the content wins, then the one with the longer name pattern, then
   * the first in alphabetical order; the order of the files never matters.
   */
  private static final Comparator<AppRule> CLOSEST_FIRST =
      Comparator.comparing((AppRule rule) -> rule.sha256().isEmpty())
          .thenComparing(rule -> rule.fileName() == null ? 0 : -rule.fileName().toString().length())
          .thenComparing(AppRule::id);

  private AppMatcher() {}

  static AppMatch match(List<AppRule> rules, Application app) {
    List<AppRule> fitting = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (AppRule rule : rules) {
      if (!rule.matchesName(app)) {
        continue;
      }
      if (rule.matchesContent(app)) {
        fitting.add(rule);
      } else if (rule.fileName() != null) {
        notices.add(mismatch(rule, app));
        changed.add(rule.id());
      }
    }
    fitting.sort(CLOSEST_FIRST);
    for (int i = 1; i < fitting.size(); i++) {
      notices.add(overlap(fitting.get(0), fitting.get(i), app));
    }
    return new AppMatch(fitting.isEmpty() ? "" : fitting.get(0).id(), notices, changed);
  }

  private static String mismatch(AppRule rule, Application app) {
    String pinned = " one of those pinned for app " + named(rule) + ": the id does not apply";
    return app.sha256().isEmpty()
        ? label(app) + " has no SHA-256, so it can't be" + pinned
        : label(app)
            + " has SHA-256 "
            + app.sha256().substring(0, Math.min(SHOWN_DIGITS, app.sha256().length()))
            + "..., which is not"
            + pinned;
  }

  private static String overlap(AppRule chosen, AppRule other, Application app) {
    return label(app)
        + " is app "
        + named(chosen)
        + " and also app "
        + named(other)
        + ": only the first id applies";
  }

  private static String label(Application app) {
    return "`" + Text.printable(app.file()) + "`";
  }

  private static String named(AppRule rule) {
    return "\"" + rule.id() + "\" (" + rule.at() + ")";
  }
}
