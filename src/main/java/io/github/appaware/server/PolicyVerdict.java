package io.github.appaware.server;

import io.github.appaware.event.Verdict;

/**
 * The policy's verdict on an event.
 *
 * @param verdict of an open one, the verdict when there is no one to ask
 * @param isOpen whether a person is to be asked
 * @param reuse what the policy's part in the verdict depended on
 */
record PolicyVerdict(Verdict verdict, boolean isOpen, Verdict.Reuse reuse) {
  /** The same, without reuse. */
  PolicyVerdict once() {
    Verdict once =
        new Verdict(verdict.allowed(), verdict.reason(), Verdict.Reuse.NOTHING, verdict.epoch());
    return new PolicyVerdict(once, isOpen, Verdict.Reuse.NOTHING);
  }
}
