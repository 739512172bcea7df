package io.github.appaware.server;

import io.github.appaware.event.Verdict;

/**
 * Two servers' verdicts on one event: allowed only where both allow it, so that each can be
 * stricter than the other and neither laxer.
 */
final class StricterVerdict {
  private StricterVerdict() {}

  /**
   * The verdict of both. What this server denies is denied without asking the upstream server;
   * otherwise the reason is that of the upstream server.
   *
   * @param here this server's verdict, whose epoch the result has: cached verdicts become invalid
   *     with it
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
