package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Text;
import io.github.appaware.wire.Message.Tally;
import io.github.appaware.wire.Message.TallyKind;

/**
 * What a run's summary shows of an event, but the count: events that look alike there are one.
 *
 * @param event the event in words
 * @param origin the library, and the test in which it was not simply allowed
 * @param reason of the verdict, as a clause of its own
 */
record ShownEvent(TallyKind verdict, String event, String origin, String reason) {
  /** In characters; three texts of this length for each event fill half a message at most. */
  private static final int LONGEST = 150;

  static ShownEvent of(TallyKind verdict, Event event, Origin origin, Reason reason) {
    String from = library(origin);
    if (verdict != TallyKind.ALLOWED && !origin.test().isEmpty()) {
      from += (from.isEmpty() ? "" : ", ") + "in test " + origin.test();
    }
    return new ShownEvent(verdict, cut(event.describe()), cut(from), cut(why(reason)));
  }

  /** As a clause of its own; of audit mode, what decided otherwise. */
  private static String why(Reason reason) {
    if (!reason.isWould()) {
      String words = reason.describe();
      return words.startsWith(": ") ? words.substring(2) : words;
    }
    if (reason.rule().isEmpty()) {
      return reason.at().isEmpty() ? "by default" : "by " + reason.at();
    }
    return new Reason(Reason.Kind.RULE, reason.rule(), reason.at()).describe();
  }

  /** The library's coordinates or file, and its class. */
  private static String library(Origin origin) {
    Origin.Frame frame = origin.library();
    if (frame == null) {
      return "";
    }
    String maven = frame.source().maven();
    String place = maven.isEmpty() ? frame.source().file() : maven;
    return Text.printable(place.isEmpty() ? frame.type() : place + " (" + frame.type() + ")");
  }

  /** The end says most. */
  private static String cut(String text) {
    return text.length() <= LONGEST ? text : "..." + text.substring(text.length() - LONGEST + 3);
  }

  Tally tally(long count) {
    return new Tally(verdict, event, origin, reason, count);
  }
}
