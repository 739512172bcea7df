package io.github.appaware.policy.model;

import java.util.List;

/**
 * The {@code [[app]]} that applies to an application.
 *
 * @param id the id that applies, or empty when none does
 * @param notices sentences for the user about ids that could have been expected to apply and do
 *     not; safe to print
 * @param changed the ids that the application would have, were it the same file as before
 */
public record AppMatch(String id, List<String> notices, List<String> changed) {
  public AppMatch {
    changed = List.copyOf(changed);
    notices = List.copyOf(notices);
  }
}
