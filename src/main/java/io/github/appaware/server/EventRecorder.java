package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.EventRecord;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordSink;
import java.io.IOException;
import java.time.Instant;

/** Writes events to the record and counts them for the run's summary. Safe for all threads. */
final class EventRecorder {
  /** Called when the record fails: nothing may happen unrecorded. */
  interface FailureHandler {
    /** Cached verdicts must become invalid. */
    void recordFailed(Run run, IOException why);
  }

  private final EventRecord record;
  private final FailureHandler failures;

  EventRecorder(EventRecord record, FailureHandler failures) {
    this.record = record;
    this.failures = failures;
  }

  /** False when the event is not in the record, so that it must be denied. */
  boolean record(
      ClientSession.AgentSession agent,
      Event event,
      Origin origin,
      Verdict verdict,
      int count,
      Instant time) {
    Run run = agent.run();
    try {
      record.write(
          new RecordEntry(time, run.name(), agent.application(), event, origin, verdict, count));
      run.counts().add(event, verdict, count);
      return true;
    } catch (RecordSink.TooLong e) {
      // An application that makes such lines must not stop all others.
      run.counts().add(event, Verdict.denied(Reason.Kind.UNRECORDED), count);
      return false;
    } catch (IOException e) {
      run.counts().add(event, Verdict.denied(Reason.Kind.UNRECORDED), count);
      failures.recordFailed(run, e);
      return false;
    }
  }
}
