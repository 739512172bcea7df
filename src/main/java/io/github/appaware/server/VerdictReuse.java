package io.github.appaware.server;

import io.github.appaware.event.Verdict.Reuse;

/** What a verdict depended on that is made of two. */
final class VerdictReuse {
  private VerdictReuse() {}

  /** Good only where both are. */
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
