package io.github.appaware.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** Times on the command line: {@code 2027-01-01T00:00:00Z}, or {@code 30d} from now. */
final class TimeArguments {
  private static final Map<Character, Duration> UNITS =
      Map.of(
          's', Duration.ofSeconds(1),
          'm', Duration.ofMinutes(1),
          'h', Duration.ofHours(1),
          'd', Duration.ofDays(1));

  private TimeArguments() {}

  /** A time, or a duration after now. */
  static Instant after(String text, Instant now) throws UsageException {
    Duration age = duration(text);
    return age == null ? time(text) : now.plus(age);
  }

  /** A time, or a duration before now. */
  static Instant before(String text, Instant now) throws UsageException {
    Duration age = duration(text);
    return age == null ? time(text) : now.minus(age);
  }

  /** The time between two instants in its largest unit: {@code 3d}. */
  static String between(Instant from, Instant to) {
    Duration age = Duration.between(from, to).abs();
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }

  /** A duration: {@code 30d}. */
  static Duration length(String text) throws UsageException {
    Duration length = duration(text);
    if (length == null) {
      throw new UsageException("invalid duration `" + text + "`: expected e.g. 30d, 12h, 10m", "");
    }
    return length;
  }

  static Duration duration(String text) {
    if (!text.matches("[0-9]{1,9}[smhd]")) {
      return null;
    }
    int last = text.length() - 1;
    return UNITS.get(text.charAt(last)).multipliedBy(Long.parseLong(text.substring(0, last)));
  }

  private static Instant time(String text) throws UsageException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          "invalid time `" + text + "`: expected e.g. 2027-01-01T00:00:00Z, 30d, 12h, 10m", "");
    }
  }
}
