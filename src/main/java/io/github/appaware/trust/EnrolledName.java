package io.github.appaware.trust;

import io.github.appaware.event.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of clients with certificates: those that need no escapes in a certificate. */
final class EnrolledName {
  private static final Pattern GOOD = Pattern.compile("[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?");

  private EnrolledName() {}

  /** In lower case, so that two spellings are one name. */
  static String checked(String name) throws TrustException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!isGood(lower)) {
      throw new TrustException(
          "`" + Text.printable(name) + "` is no name",
          "use up to 64 letters, digits and `.`, `-`, `_`, `@`, with a letter or digit at both ends,"
              + " and give it with --name");
    }
    return lower;
  }

  static boolean isGood(String name) {
    return GOOD.matcher(name).matches();
  }
}
