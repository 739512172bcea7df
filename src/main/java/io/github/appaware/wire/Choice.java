package io.github.appaware.wire;

import java.time.Instant;

/**
 * What a person answers to a question.
 *
 * @param allow or deny
 * @param scope for what else
 * @param term for how long
 * @param until the end, in seconds since 1970, of {@link Term#UNTIL}; else 0
 * @param machineOnly whether what is written into the policy is for the machine of the question
 *     alone, and not for the application on every machine
 */
public record Choice(boolean allow, Scope scope, Term term, long until, boolean machineOnly) {
  /** Preselected: nothing is allowed and nothing is kept. */
  public static final Choice DENY_ONCE = new Choice(false, Scope.ENDPOINT, Term.ONCE);

  /** For which events an answer is good. The order is part of the wire format: append only. */
  public enum Scope {
    /** This application, this endpoint: name or address, and port. */
    ENDPOINT,
    /** This application, this host with any port. */
    HOST,
    /** This application, the domain above the host and all that is below. */
    DOMAIN,
    /** This application, whatever the code of this origin does. */
    ORIGIN,
    /** This application, whatever it does. */
    APPLICATION,
    /** This application, its local port, for this machine and private networks. */
    PRIVATE,
    /** This application, its local port, for everyone. */
    ANYONE
  }

  /** How long an answer is good. The order is part of the wire format: append only. */
  public enum Term {
    /** For what waits now. */
    ONCE,
    /** Until the run ends; nothing is written. */
    RUN,
    /** Until a time; written into the policy. */
    UNTIL,
    /** Written into the policy. */
    ALWAYS;

    /** Whether an answer of this term is written into the policy. */
    public boolean isStored() {
      return this == UNTIL || this == ALWAYS;
    }
  }

  public Choice {
    if ((term == Term.UNTIL) != (until != 0)) {
      throw new IllegalArgumentException("an end of " + until + " for " + term);
    }
  }

  /** For the application wherever it runs. */
  public Choice(boolean allow, Scope scope, Term term, long until) {
    this(allow, scope, term, until, false);
  }

  /** The same, on the machine of the question alone. */
  public Choice onItsMachine() {
    return new Choice(allow, scope, term, until, true);
  }

  /** Of a term without an end of its own. */
  public Choice(boolean allow, Scope scope, Term term) {
    this(allow, scope, term, 0);
  }

  /** Until that second. */
  public static Choice until(boolean allow, Scope scope, Instant end) {
    return new Choice(allow, scope, Term.UNTIL, end.getEpochSecond());
  }
}
