package io.github.appaware.prompt;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and shows the end of an answer. */
final class UntilText {
  static final String HELP = "18:30, 90m, 2h, 3d, 2026-12-24, or 2026-12-24 18:30";

  private static final Duration LONGEST = Duration.ofDays(36_525);
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,5})\\s*([mhd])");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[ Tt](\\d{1,2}:\\d{2}))?");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mmXXX", Locale.ROOT);

  private UntilText() {}

  /** A time after {@code now}, or empty. A date alone means the end of that day. */
  static Optional<Instant> parse(String text, ZonedDateTime now) {
    try {
      return read(text.strip().toLowerCase(Locale.ROOT), now)
          .filter(end -> end.isAfter(now))
          .filter(end -> end.isBefore(now.plus(LONGEST)))
          .map(ZonedDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZonedDateTime> read(String text, ZonedDateTime now) {
    Matcher length = LENGTH.matcher(text);
    if (length.matches()) {
      long count = Long.parseLong(length.group(1));
      return Optional.of(
          switch (length.group(2)) {
            case "m" -> now.plusMinutes(count);
            case "h" -> now.plusHours(count);
            default -> now.plusDays(count);
          });
    }
    if (TIME.matcher(text).matches()) {
      ZonedDateTime today = at(now.toLocalDate(), text, now);
      return Optional.of(today.isAfter(now) ? today : at(now.toLocalDate().plusDays(1), text, now));
    }
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      LocalDate day = LocalDate.parse(date.group(1));
      return Optional.of(
          date.group(2) == null
              ? day.plusDays(1).atStartOfDay(now.getZone())
              : at(day, date.group(2), now));
    }
    return Optional.empty();
  }

  private static ZonedDateTime at(LocalDate day, String time, ZonedDateTime now) {
    String[] parts = time.split(":", -1);
    return day.atTime(LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
        .atZone(now.getZone());
  }

  /** The local time with its offset: {@code 2026-12-24 18:30+01:00}. */
  static String show(long seconds, ZonedDateTime now) {
    ZonedDateTime end = Instant.ofEpochSecond(seconds).atZone(now.getZone());
    return end.format(SHOWN);
  }
}
