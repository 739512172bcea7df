package io.github.appaware.record;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.time.Instant;

/**
 * One line of the record: an event with its verdict, or several equal ones.
 *
 * <p>The format keeps less than these types can hold. An entry that was read back has an
 * application without Java version, command line and directory, at most one name of the far end, at
 * most one frame of the origin, and a verdict that must not be reused.
 *
 * @param time when the event was decided; of several, the first
 * @param run the run's public name
 * @param application what caused the event; its machine may be empty until the entry is written
 * @param event the event
 * @param origin which code of the application caused it
 * @param verdict what was decided, and why
 * @param count how many equal events the entry stands for, at least 1
 * @param cut whether they need not be equal: the run has more distinct lines than the record keeps,
 *     and the entry stands for events of the same application, library, kind and verdict, of which
 *     {@code event} and {@code origin} are one
 */
public record RecordEntry(
    Instant time,
    String run,
    Application application,
    Event event,
    Origin origin,
    Verdict verdict,
    int count,
    boolean cut) {
  /** An entry of equal events. */
  public RecordEntry(
      Instant time,
      String run,
      Application application,
      Event event,
      Origin origin,
      Verdict verdict,
      int count) {
    this(time, run, application, event, origin, verdict, count, false);
  }

  /** The same entry; an application whose machine is not known runs on {@code machine}. */
  RecordEntry on(String machine) {
    return application.machine().isEmpty()
        ? new RecordEntry(
            time, run, application.withMachine(machine), event, origin, verdict, count, cut)
        : this;
  }
}
