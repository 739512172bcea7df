package io.github.appaware.agent;

/**
 * Cached verdicts with uses to report, in the order of their first use. Linked through themselves:
 * noting a use needs no memory. Safe for all threads.
 */
final class CachedVerdictUses {
  private CachedVerdict first;
  private CachedVerdict last;
  private boolean announced;

  /**
   * Adds one, unless it is in it.
   *
   * @return true when the writing thread is to be asked for a report
   */
  synchronized boolean add(CachedVerdict reused) {
    if (reused.listed) {
      return false;
    }
    reused.listed = true;
    reused.next = null;
    if (last == null) {
      first = reused;
    } else {
      last.next = reused;
    }
    last = reused;
    boolean news = !announced;
    announced = true;
    return news;
  }

  /** The announcement did not get through: the next addition tries again. */
  synchronized void announceAgain() {
    announced = false;
  }

  /** Of those that were taken: the one behind it, or null; this one may be added again. */
  synchronized CachedVerdict drop(CachedVerdict reused) {
    reused.listed = false;
    return reused.next;
  }

  /** Takes all of them: the first, which links to the others, or null. */
  synchronized CachedVerdict takeAll() {
    CachedVerdict all = first;
    first = null;
    last = null;
    announced = false;
    return all;
  }
}
