package io.github.appaware.record;

import java.util.regex.Pattern;

/** What of a name stays the same from one run to the next. */
public final class StableNames {
  /** A time, a process or a random number; not a version, whose parts are shorter. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" // a UUID
              + "|[0-9]{6,}([_.-]?[0-9]+(?=[^0-9a-zA-Z]|$))*");

  private StableNames() {}

  /** The name with a star for each part that is of one run: {@code surefirebooter-*.jar}. */
  public static String of(String name) {
    return CHANGING.matcher(name).replaceAll("*");
  }

  /** Whether a part of the name is of one run. */
  public static boolean isThrowAway(String name) {
    return CHANGING.matcher(name).find();
  }
}
