package io.github.appaware.server;

import io.github.appaware.event.Verdict;

/**
 * Two servers' verdicts on one event: allowed only where both allow it, so that each can be
 * stricter than the other and neither laxer.
 */
final class StricterVerdict {
  private StricterVerdict() {}

  /**
   * The verdict of both. What this server denies, the one above need not be asked about; its denial
   * is the one that is told. Otherwise the reason is that of the server above.
   *
   * @param here what this server says; the verdict is of its epoch, since all that it has told dies
   *     with that
   */
  static Verdict of(Verdict here, Verdict upstream) {
    return here.allowed()
        ? new Verdict(
            upstream.allowed(),
            upstream.reason(),
            VerdictReuse.both(here.reuse(), upstream.reuse()),
            here.epoch())
        : here;
  }
}
