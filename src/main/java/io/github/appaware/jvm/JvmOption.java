package io.github.appaware.jvm;

/**
 * An option as the JVM, or the launcher before it, takes it: without quotes, the launcher's short
 * forms spelt out.
 *
 * @param text the option
 * @param source where it comes from
 * @param place the file's or variable's name; empty for the command line and what the launcher adds
 */
public record JvmOption(String text, Source source, String place) {
  /** Where options come from. */
  public enum Source {
    /** A word of the command line. */
    COMMAND_LINE,
    /** A word of an argument file ({@code @file}). */
    ARGUMENT_FILE,
    /** A variable: {@code JDK_JAVA_OPTIONS}, {@code JAVA_TOOL_OPTIONS}, {@code CLASSPATH}... */
    VARIABLE,
    /** A word of the file of {@code -XX:VMOptionsFile}. */
    VM_OPTIONS_FILE,
    /** A word of the file of {@code -XX:Flags}, with {@code -XX:} put before it. */
    FLAGS_FILE,
    /** An attribute in the manifest of the jar behind {@code -jar}. */
    MANIFEST,
    /** What the launcher adds by itself: the default class path, say. */
    LAUNCHER
  }

  /** As in a message: {@code -javaagent:x in JAVA_TOOL_OPTIONS}, each in backticks. */
  public String describe() {
    String option = OptionException.quoted(text);
    return place.isEmpty() ? option : option + " in " + OptionException.quoted(place);
  }

  /** Whether the file that the option names, if it names one, does not depend on the directory. */
  public boolean namesAbsolutePath() {
    int colon = text.indexOf(':');
    int end = colon < 0 ? text.indexOf('=') : colon;
    int from = text.startsWith("instrument=", end + 1) ? end + 12 : end + 1;
    return end >= 0 && text.startsWith("/", from);
  }
}
