package io.github.appaware.jvm;

import java.util.Map;
import java.util.Set;

/**
 * Options that the launcher keeps to itself, or passes on in another form ({@code ParseArguments}
 * in OpenJDK's {@code libjli/java.c}). Where the releases differ, the table is that of 17 and 25; a
 * release between them that has fewer refuses the option.
 */
final class OldOptions {
  /** The first release that no longer has the options of {@link #OLD} and {@link #IGNORED}. */
  private static final int FEWER = 24;

  private static final Map<String, String> TRANSLATED =
      Map.ofEntries(
          Map.entry("-Xdiag", "-Dsun.java.launcher.diag=true"),
          Map.entry("--show-module-resolution", "-Djdk.module.showModuleResolution=true"),
          Map.entry("-verbosegc", "-verbose:gc"),
          Map.entry("-noclassgc", "-Xnoclassgc"),
          Map.entry("-verify", "-Xverify:all"),
          Map.entry("-verifyremote", "-Xverify:remote"),
          Map.entry("-noverify", "-Xverify:none"));

  private static final Map<String, String> OLD =
      Map.of("-t", "-Xt", "-tm", "-Xtm", "-debug", "-Xdebug", "-Xfuture", "-Xverify:all");

  private static final Set<String> OWN =
      Set.of("--show-resolved-modules", "-showversion", "--show-version", "--dry-run");

  private static final Set<String> IGNORED = Set.of("-checksource", "-cs", "-noasyncgc");

  private OldOptions() {}

  /** What the JVM gets, or null for an option that it does not get. */
  static String translated(String text, int feature) {
    boolean old = feature < FEWER;
    if (OWN.contains(text)
        || text.equals("-XshowSettings")
        || text.startsWith("-XshowSettings:")
        || (old && IGNORED.contains(text))
        || (!old && text.equals("-debug"))
        || (!old && text.equals("--disable-@files"))) {
      return null;
    }
    String translated = TRANSLATED.get(text);
    if (translated == null && old) {
      translated = OLD.get(text);
    }
    if (translated != null) {
      return translated;
    }
    boolean size =
        text.startsWith("-ss")
            || text.startsWith("-ms")
            || text.startsWith("-mx")
            || (old && text.startsWith("-oss"));
    return size ? "-X" + text.substring(1) : text;
  }
}
