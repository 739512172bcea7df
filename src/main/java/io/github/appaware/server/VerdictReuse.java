package io.github.appaware.server;

import io.github.appaware.event.Verdict.Reuse;

/** Combines what two verdicts depended on. */
final class VerdictReuse {
  private VerdictReuse() {}

  /** The events for which both may be used again. */
  static Reuse both(Reuse one, Reuse other) {
    if (one == Reuse.NOTHING || other == Reuse.NOTHING) {
      return Reuse.NOTHING;
    }
    boolean anyPort = one.anyPort() && other.anyPort();
    if (one.fromOrigin() || other.fromOrigin()) {
      return anyPort ? Reuse.PEER_FROM_ORIGIN : Reuse.ENDPOINT_FROM_ORIGIN;
    }
    return anyPort ? Reuse.PEER : Reuse.ENDPOINT;
  }
}
