package io.github.appaware.policy.model;

import java.util.regex.Pattern;

/** Names that policies give to rules and applications; fit for messages, options and file names. */
public final class Id {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private Id() {}

  public static String parse(String text) throws MalformedValue {
    if (!FORM.matcher(text).matches()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not an id",
          "write 1 to 64 of the characters `A-Z`, `a-z`, `0-9`, `.`, `_`, `-`");
    }
    return text;
  }
}
