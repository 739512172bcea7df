package io.github.appaware.jvm;

import io.github.appaware.jvm.JavaCommandLine.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Knows the options that leave alone what the code of a command line is and what the agent sees of
 * it. Every other option is reported, those that this class does not know among them. Options that
 * only some releases have stand in the lists as well: a release without them refuses to start.
 */
public final class HarmlessOptions {
  /**
   * An option that is not harmless.
   *
   * @param effect what it does
   */
  public record Finding(JvmOption option, Effect effect) {
    /** As in a message: the option, where it stands, and what it does. */
    public String describe() {
      return option.describe() + " " + effect.words();
    }
  }

  private static final Set<String> WORDS =
      Set.of(
          "-Xint",
          "-Xmixed",
          "-Xcomp",
          "-Xbatch",
          "-Xrs",
          "-Xnoclassgc",
          "-Xcheck:jni",
          "-Xdebug",
          "-Xnoagent",
          "-Xprof",
          "-Xverify",
          "-Xverify:all",
          "-Xverify:remote",
          "-Xshare:auto",
          "-Xshare:on",
          "-Xshare:off",
          "-Xinternalversion",
          "-native",
          "-verbose",
          "--enable-preview",
          "--illegal-native-access=deny",
          "--illegal-native-access=warn");

  /** Whatever follows. */
  private static final List<String> PREFIXES =
      List.of(
          "-Xms",
          "-Xmx",
          "-Xmn",
          "-Xss",
          "-Xmaxf",
          "-Xminf",
          "-Xmaxjitcodesize",
          "-verbose:",
          "--add-reads=",
          "--finalization=",
          "--illegal-access=",
          "--sun-misc-unsafe-memory-access=");

  private static final Set<String> ASSERTIONS =
      Set.of(
          "-ea",
          "-da",
          "-enableassertions",
          "-disableassertions",
          "-esa",
          "-dsa",
          "-enablesystemassertions",
          "-disablesystemassertions");

  /** Modules of tools whose internals lead nowhere near the network. */
  private static final Set<String> TOOL_MODULES = Set.of("jdk.compiler", "jdk.javadoc");

  private HarmlessOptions() {}

  /**
   * The same, and what the manifest of the jar that runs asks for.
   *
   * @param directory where relative paths begin
   */
  public static List<Finding> findings(JvmOptions options, Path directory) {
    List<Finding> findings = findings(options);
    if (options.line().kind() == Kind.JAR) {
      findings.addAll(ManifestOptions.findings(options.line().main(), directory));
    }
    return findings;
  }

  /** What is not harmless, in the order in which it takes effect. */
  public static List<Finding> findings(JvmOptions options) {
    List<Finding> findings = new ArrayList<>();
    for (JvmOption option : options.launcherOptions()) {
      boolean jvm = !option.text().startsWith("-splash:");
      findings.add(new Finding(option, jvm ? Effect.OTHER_JVM : Effect.LOADS_NATIVE_CODE));
    }
    for (JvmOption option : options.options()) {
      Effect effect = effect(option.text(), options.line().kind());
      if (effect != null) {
        findings.add(new Finding(option, effect));
      }
    }
    return findings;
  }

  /**
   * What an option does, or null when it is harmless.
   *
   * @param kind what runs: a module path is part of what was measured when a module does
   */
  static Effect effect(String text, Kind kind) {
    if (WORDS.contains(text) || isAssertion(text)) {
      return null;
    }
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        return null;
      }
    }
    if (text.startsWith("-D")) {
      return HarmlessProperties.effect(text.substring(2));
    }
    if (text.startsWith("-XX:")) {
      return HarmlessFlags.effect(text.substring("-XX:".length()));
    }
    if (text.startsWith("-Xlog")) {
      return isLogToTerminal(text) ? null : Effect.UNKNOWN;
    }
    if (text.startsWith("--")) {
      return moduleOption(text, kind);
    }
    if (text.startsWith("-javaagent:") || text.startsWith("-agentlib:instrument=")) {
      return Effect.INJECTS_CODE;
    }
    if (text.startsWith("-agent") || text.startsWith("-Xrun")) {
      return Effect.LOADS_NATIVE_CODE;
    }
    if (text.startsWith("-Xbootclasspath")) {
      return Effect.REPLACES_CLASSES;
    }
    return text.equals("-Xverify:none") ? Effect.UNVERIFIED : Effect.UNKNOWN;
  }

  private static boolean isAssertion(String text) {
    int colon = text.indexOf(':');
    return ASSERTIONS.contains(colon < 0 ? text : text.substring(0, colon));
  }

  /** {@code -Xlog:what:where:...}; without a place, or with an empty one, it is stdout. */
  private static boolean isLogToTerminal(String text) {
    if (text.equals("-Xlog") || text.equals("-Xlog:disable") || text.startsWith("-Xlog:async")) {
      return true;
    }
    if (!text.startsWith("-Xlog:") || text.indexOf('"') >= 0) {
      return false;
    }
    String[] parts = text.substring("-Xlog:".length()).split(":", -1);
    String place = parts.length > 1 ? parts[1] : "";
    return place.isEmpty() || place.equals("stdout") || place.equals("stderr");
  }

  private static Effect moduleOption(String text, Kind kind) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? "" : text.substring(equals + 1);
    return switch (name) {
      case "--add-modules" ->
          kind == Kind.MODULE || areOfTheJdk(value) ? null : Effect.REPLACES_CLASSES;
      case "--module-path" -> kind == Kind.MODULE ? null : Effect.REPLACES_CLASSES;
      case "--upgrade-module-path", "--patch-module" -> Effect.REPLACES_CLASSES;
      case "--add-exports", "--add-opens" ->
          TOOL_MODULES.contains(value.split("/", 2)[0]) ? null : Effect.OPENS_JDK;
      case "--enable-native-access", "--illegal-native-access" -> Effect.LOADS_NATIVE_CODE;
      default -> Effect.UNKNOWN;
    };
  }

  private static boolean areOfTheJdk(String names) {
    for (String name : names.split(",", -1)) {
      boolean jdk = name.startsWith("java.") || name.startsWith("jdk.");
      if (!jdk && !name.equals("ALL-SYSTEM") && !name.equals("ALL-DEFAULT")) {
        return false;
      }
    }
    return true;
  }
}
