package io.github.appaware.server;

import io.github.appaware.event.Verdict;

/**
 * Two servers' verdicts on one event: allowed only where both allow it, so that each can be
 * stricter than the other and neither laxer.
 */
final class Stricter {
  private Stricter() {}

  /**
   * The verdict of both. What this server denies, the one above need not be asked about; its denial
   * is the one that is told. Otherwise the reason is that of the server above.
   *
   * @param here what this server says; the verdict is of its epoch, since all that it has told dies
   *     with that
   */
  static Verdict of(Verdict here, Verdict above) {
    return here.allowed()
        ? new Verdict(
            above.allowed(), above.reason(), Reuses.both(here.reuse(), above.reuse()), here.epoch())
        : here;
  }
}
