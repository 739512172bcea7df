package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Policy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What a decision server says under one policy, for tests of other rooms. */
public final class Verdicts {
  private final Decider decider;

  public Verdicts(Policy policy, Instant now) {
    decider = new Decider(policy, Mode.ENFORCE, OutOfSight.ALLOW, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Of an application that was measured, which gets its id as on its registration. */
  public Verdict of(Application measured, Event event, Origin origin) {
    return decider.decide(measured.withId(decider.match(measured).id()), event, origin);
  }
}
