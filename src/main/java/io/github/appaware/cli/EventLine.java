package io.github.appaware.cli;

import io.github.appaware.event.Event;
import io.github.appaware.event.Text;
import io.github.appaware.event.Tunnel;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.record.RecordFormatException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An event of the record in one line, for people. */
final class EventLine {
  private static final RecordFormat FORMAT = new RecordFormat();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ssXXX", Locale.ROOT);

  private EventLine() {}

  /**
   * {@code 14:00:01+02:00 app.jar connect tcp example.com:443 denied by rule "x" (p.toml:3)}.
   *
   * @param line of the record
   * @param zone in which the time is shown
   */
  static String of(String line, ZoneId zone) {
    RecordEntry entry;
    try {
      entry = FORMAT.read(line);
    } catch (RecordFormatException e) {
      return "an event that this version can't read: " + Text.printable(line);
    }
    Event event = entry.event();
    StringBuilder text = new StringBuilder(TIME.format(entry.time().atZone(zone)));
    add(text, entry.application().label());
    add(text, event.kind().label());
    if (event instanceof Event.Inet inet) {
      add(text, inet.protocol().label());
    } else if (event instanceof Tunnel) {
      add(text, "tcp");
    } else if (event instanceof Event.Unix) {
      add(text, "unix");
    }
    add(text, endpoint(event));
    if (event.peer() != null && event.peer().isOutside()) {
      add(text, "(" + event.peer().describe() + ", not of this run)");
    }
    String verdict = entry.verdict().allowed() ? "allowed" : "denied";
    add(text, entry.verdict().reason().describe(verdict));
    if (entry.cut()) {
      add(text, "and others like it");
    }
    return entry.count() > 1 ? text + " x" + entry.count() : text.toString();
  }

  /** Without a port where the event stands for several peers whose ports did not matter. */
  private static String endpoint(Event event) {
    String endpoint = event.endpoint();
    return event instanceof Event.Inet inet && inet.port() == 0 && inet.kind().isInbound()
        ? endpoint.substring(0, endpoint.length() - ":0".length())
        : endpoint;
  }

  /** Whether the line is of an event that was allowed; one that can't be read may not be. */
  static boolean isAllowed(String line) {
    try {
      return FORMAT.read(line).verdict().allowed();
    } catch (RecordFormatException e) {
      return false;
    }
  }

  private static void add(StringBuilder text, String word) {
    if (!word.isEmpty()) {
      text.append(' ').append(word);
    }
  }
}
