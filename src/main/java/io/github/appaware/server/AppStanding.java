package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.wire.QuestionMessage.Standing;

/**
 * What the policy knows of an application.
 *
 * @param formerly the one id that it has in the policy with another hash, or empty
 */
record AppStanding(Standing standing, String formerly) {
  static AppStanding of(Application app, AppMatch match) {
    if (!app.id().isEmpty()) {
      return new AppStanding(Standing.KNOWN, "");
    }
    // Without a hash there is nothing to add; of several ids, a person would have to choose.
    boolean one = match.changed().size() == 1 && !app.sha256().isEmpty();
    return new AppStanding(
        match.changed().isEmpty() ? Standing.NEW : Standing.CHANGED,
        one ? match.changed().get(0) : "");
  }
}
