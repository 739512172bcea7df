package io.github.appaware.policy.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** SHA-256 digests as a policy writes them. */
public final class Sha256 {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private Sha256() {}

  /** The digest in lower case. */
  public static String parse(String text) throws MalformedValue {
    if (!HEX.matcher(text).matches()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not a SHA-256", "write 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
