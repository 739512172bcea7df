package io.github.appaware.jvm;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the launcher and the JVM make of a command line and an environment.
 *
 * @param line what runs
 * @param options those that the JVM gets, in the order in which they take effect
 * @param launcherOptions options and variables that the launcher alone acts on, as far as they
 *     change more than its output: which JVM is loaded, a splash screen
 */
public record JvmOptions(
    JavaCommandLine line, List<JvmOption> options, List<JvmOption> launcherOptions) {
  /** Properties that keep the value the JVM gives them. */
  private static final Set<String> FIXED =
      Set.of(
          "java.vm.specification.name",
          "java.vm.specification.vendor",
          "java.vm.specification.version",
          "java.vm.version",
          "java.vm.name",
          "java.vm.vendor",
          "jdk.debug");

  private static final String MODULE_PATH = "--module-path=";

  public JvmOptions {
    options = List.copyOf(options);
    launcherOptions = List.copyOf(launcherOptions);
  }

  /**
   * Reads them as the launcher and the JVM of JDK 17 to 25 do.
   *
   * @param arguments what follows {@code java}
   * @param environment of the process, complete
   * @throws OptionException where the launcher or the JVM would stop because of a quote, a file or
   *     a missing value, and where a file can't be read beforehand
   */
  public static JvmOptions parse(
      List<String> arguments, Map<String, String> environment, OptionFiles files, JvmConfig config)
      throws OptionException {
    List<JvmOption> words = ArgumentExpansion.of(arguments, environment, files);
    LauncherParser launcher = new LauncherParser(words, config, files);
    launcher.parse(environment);
    List<JvmOption> options = VmOptions.of(launcher.passed(), environment, files, config.feature());
    List<JvmOption> own = new ArrayList<>(launcher.kept());
    String alternate = environment.get("JDK_ALTERNATE_VM");
    if (alternate != null) {
      own.add(
          new JvmOption("-XXaltjvm=" + alternate, JvmOption.Source.VARIABLE, "JDK_ALTERNATE_VM"));
    }
    String path = last(options, VmOptions.CLASS_PATH);
    String modules = last(options, MODULE_PATH);
    JavaCommandLine line =
        new JavaCommandLine(
            launcher.kind(),
            launcher.main(),
            classPath(launcher.kind(), path),
            launcher.classPathGiven() || launcher.kind() == JavaCommandLine.Kind.JAR,
            modules == null ? List.of() : PathText.split(modules),
            injected(options),
            launcher.optionWords(),
            launcher.applicationArguments());
    return new JvmOptions(line, options, own);
  }

  private static List<String> classPath(JavaCommandLine.Kind kind, String path) {
    if (kind == JavaCommandLine.Kind.MODULE) {
      return path == null || path.isEmpty() ? List.of() : PathText.split(path);
    }
    return path == null ? List.of(".") : PathText.split(path);
  }

  private static List<String> injected(List<JvmOption> options) {
    List<String> injected = new ArrayList<>();
    for (JvmOption option : options) {
      String text = option.text();
      int colon = text.indexOf(':') + 1;
      boolean variable =
          option.source() == JvmOption.Source.VARIABLE
              && !option.place().equals(ArgumentExpansion.VARIABLE);
      if (text.startsWith("-Xbootclasspath/a:")) {
        injected.addAll(PathText.split(text.substring(colon)));
      } else if (text.startsWith("-javaagent:") || text.startsWith("-agentlib:instrument=")) {
        if (!variable) { // else of a run around this one, its agent
          String agent = text.startsWith("-j") ? text : text.replaceFirst("instrument=", "");
          injected.add(agent.substring(colon).split("=", 2)[0]);
        }
      } else if (text.startsWith("--upgrade-module-path=")) {
        injected.addAll(PathText.split(text.substring(text.indexOf('=') + 1)));
      } else if (text.startsWith("--patch-module=")) {
        String[] parts = text.split("=", 3);
        injected.addAll(PathText.split(parts[parts.length - 1]));
      }
    }
    return injected;
  }

  /** The value of the last option that begins like this; null when there is none. */
  private static String last(List<JvmOption> options, String prefix) {
    String bare = prefix.startsWith("-D") ? prefix.substring(0, prefix.length() - 1) : prefix;
    String value = null;
    for (JvmOption option : options) {
      String text = option.text();
      if (text.startsWith(prefix)) {
        value = text.substring(prefix.length());
      } else if (text.equals(bare)) {
        value = ""; // a property without a value
      }
    }
    return value;
  }

  /**
   * The system properties that the options set, as the program sees them: the last value of each;
   * those that the JVM itself fills or ignores are left out.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (JvmOption option : options) {
      if (option.text().startsWith("-D")) {
        String[] parts = option.text().substring(2).split("=", 2);
        String value = parts.length > 1 ? parts[1] : "";
        if (parts[0].equals("sun.boot.library.path")) {
          String old = properties.get(parts[0]);
          properties.put(parts[0], old == null ? value : old + File.pathSeparator + value);
        } else if (!FIXED.contains(parts[0]) && !parts[0].startsWith("jdk.module.")) {
          properties.put(parts[0], value);
        }
      }
    }
    return properties;
  }

  /**
   * The options that put an agent into the JVM, Java or native, in the order in which they start.
   */
  public List<JvmOption> agents() {
    List<JvmOption> agents = new ArrayList<>();
    for (JvmOption option : options) {
      String text = option.text();
      if (text.startsWith("-javaagent:")
          || text.startsWith("-agentlib:")
          || text.startsWith("-agentpath:")
          || text.startsWith("-Xrun")) {
        agents.add(option);
      }
    }
    return agents;
  }
}
