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

  private static final String CUT =
      "this run has more than "
          + RecordLimit.MOST
          + " distinct events: the record counts further ones by application, library and rule";

  private static final Verdict UNRECORDED = Verdict.denied(Reason.Kind.UNRECORDED);

  private final EventRecord record;
  private final boolean naming;
  private final FailureHandler failures;

  /**
   * A recorder.
   *
   * @param naming whether the summary names allowed events, too
   */
  EventRecorder(EventRecord record, boolean naming, FailureHandler failures) {
    this.record = record;
    this.naming = naming;
    this.failures = failures;
  }

  /** Writes what was only counted; before the summary, and when the last process is gone. */
  void finish(Run run) {
    try {
      for (RecordEntry rest : run.recordLimit().rest()) {
        record.write(rest);
      }
    } catch (IOException e) {
      failures.recordFailed(run, e);
    }
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
      RecordEntry entry =
          new RecordEntry(time, run.name(), agent.application(), event, origin, verdict, count);
      RecordEntry admitted = run.recordLimit().admit(entry);
      if (admitted != null) {
        record.write(admitted);
      }
      if (run.recordLimit().isReached()) {
        run.notice(CUT);
      }
      run.counts().add(event, origin, verdict, count, naming);
      return true;
    } catch (RecordSink.TooLong e) {
      // An application that makes such lines must not stop all others.
      run.counts().add(event, origin, UNRECORDED, count, naming);
      return false;
    } catch (IOException e) {
      run.counts().add(event, origin, UNRECORDED, count, naming);
      failures.recordFailed(run, e);
      return false;
    }
  }
}
