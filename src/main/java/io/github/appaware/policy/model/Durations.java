package io.github.appaware.policy.model;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /** Less is too short to read a question. */
  private static final Duration SHORTEST_ASK = Duration.ofSeconds(1);

  /** A forgotten question must end at some time. */
  private static final Duration LONGEST_ASK = Duration.ofHours(24);

  private Durations() {}

  public static Duration askTimeout(String text) throws MalformedValue {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not a duration",
          "write a whole number and a unit: `\"500ms\"`, `\"30s\"`, `\"2m\"`, `\"1h\"`");
    }
    Duration value = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    if (value.compareTo(SHORTEST_ASK) < 0 || value.compareTo(LONGEST_ASK) > 0) {
      throw new MalformedValue(
          "`ask-timeout` must be from 1s to 24h, not " + UserText.quoted(text), "");
    }
    return value;
  }

  /** The shortest text that reads as this duration of whole milliseconds. */
  public static String text(Duration value) {
    if (value.toMillisPart() != 0) {
      return value.toMillis() + "ms";
    }
    if (value.toSecondsPart() != 0) {
      return value.toSeconds() + "s";
    }
    return value.toMinutesPart() != 0 ? value.toMinutes() + "m" : value.toHours() + "h";
  }
}
