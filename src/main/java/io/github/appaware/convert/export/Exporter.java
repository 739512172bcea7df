package io.github.appaware.convert.export;

import io.github.appaware.policy.engine.Policy;
import java.time.Instant;

/** A tool's form. */
@FunctionalInterface
public interface Exporter {
  /**
   * Puts the policy into the tool's form.
   *
   * @param name of what is exported, where the form has a place for it: letters, digits, hyphens
   * @param now when; rules that have expired do not count
   */
  Export export(Policy policy, String name, Instant now);
}
