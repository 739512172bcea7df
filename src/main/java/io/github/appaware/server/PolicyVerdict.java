package io.github.appaware.server;

import io.github.appaware.event.Verdict;

/**
 * What the policy makes of one event.
 *
 * @param verdict what is to be told; of an open one, what is told when nobody can be asked
 * @param isOpen whether it is a person's to decide
 * @param reuse what the policy's part in it depended on
 */
record PolicyVerdict(Verdict verdict, boolean isOpen, Verdict.Reuse reuse) {
  /** The same, not to be used again. */
  PolicyVerdict once() {
    Verdict once =
        new Verdict(verdict.allowed(), verdict.reason(), Verdict.Reuse.NOTHING, verdict.epoch());
    return new PolicyVerdict(once, isOpen, Verdict.Reuse.NOTHING);
  }
}
