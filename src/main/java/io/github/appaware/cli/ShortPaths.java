package io.github.appaware.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths as a person types them: relative to the working directory, or to the home directory with a
 * tilde. For messages alone: a program that reads them has the whole path.
 */
final class ShortPaths {
  private final String here;
  private final String home;

  /**
   * For a user at a place.
   *
   * @param home may be null
   */
  ShortPaths(Path directory, String home) {
    this.here = prefix(directory.toAbsolutePath().normalize().toString());
    this.home = home == null ? "" : prefix(home);
  }

  /** With a slash at the end; empty for what shortens nothing. */
  private static String prefix(String directory) {
    String bare = directory.replaceFirst("/+$", "");
    return bare.startsWith("/") ? bare + "/" : "";
  }

  /** The path, shortened. */
  String of(Path path) {
    return in(path.toString());
  }

  /** A text in which paths stand at the beginning, behind a blank, a bracket or a quote. */
  String in(String text) {
    return shortened(shortened(text, here, ""), home, "~/");
  }

  private static String shortened(String text, String prefix, String instead) {
    return prefix.isEmpty()
        ? text
        : Pattern.compile("(?<![^\\s(`\"'])" + Pattern.quote(prefix) + "(?=[^\\s/])")
            .matcher(text)
            .replaceAll(Matcher.quoteReplacement(instead));
  }
}
