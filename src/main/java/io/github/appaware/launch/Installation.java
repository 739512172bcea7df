package io.github.appaware.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of appaware are installed.
 *
 * @param tool the tool's jar
 * @param agent the agent's jar, beside it
 * @param store the directory of woven JDK classes
 * @param java the launcher of the running JVM, for the server
 */
public record Installation(Path tool, Path agent, Path store, Path java) {
  /** Where nothing is and nothing can be made, not even by root; named in messages. */
  public static final Path NO_HOME = Path.of("/dev/null/no-home-directory");

  private static final String AGENT = "appaware-agent.jar";

  /**
   * The installation of the running program.
   *
   * @throws LaunchException when it does not run from its jar, or the agent is missing
   */
  public static Installation find(Map<String, String> environment) throws LaunchException {
    Path tool;
    try {
      tool =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LaunchException("appaware's jar has no path: " + e.getMessage(), "");
    }
    Path agent = tool.resolveSibling(AGENT);
    if (!Files.isRegularFile(tool) || !Files.isReadable(agent)) {
      throw new LaunchException(
          "no `" + agent + "` beside appaware's jar",
          "install both jars in one directory, or build them with `mvn package`");
    }
    if (agent.toString().indexOf('=') >= 0) {
      throw new LaunchException(
          "the path `" + agent + "` contains `=`, which `-javaagent` can't take",
          "install appaware in another directory");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Installation(tool, agent, cache(environment).resolve("woven"), java);
  }

  /** The directory for what can be made again (XDG base directory specification). */
  public static Path cache(Map<String, String> environment) {
    Path base =
        directory(environment, "XDG_CACHE_HOME")
            .orElseGet(() -> home(environment, System.getProperty("user.home")).resolve(".cache"));
    return base.resolve("appaware");
  }

  /** The user's own policy, used by runs that name none. */
  public static Path userPolicy(Map<String, String> environment) {
    return configuration(environment).resolve("policy.toml");
  }

  /** The directory for the user's configuration (XDG base directory specification). */
  public static Path configuration(Map<String, String> environment) {
    Path base =
        directory(environment, "XDG_CONFIG_HOME")
            .orElseGet(() -> home(environment, System.getProperty("user.home")).resolve(".config"));
    return base.resolve("appaware");
  }

  /**
   * The user's home directory. A user without one, as in containers that run under a number only,
   * has `?` as {@code user.home}, which is no directory: nothing is kept in the working directory.
   *
   * @param property the property {@code user.home}
   * @return {@link #NO_HOME} if neither the property nor HOME is an absolute path
   */
  static Path home(Map<String, String> environment, String property) {
    if (property != null && Path.of(property).isAbsolute()) {
      return Path.of(property);
    }
    return directory(environment, "HOME").orElse(NO_HOME);
  }

  /** The specification says to ignore relative paths. */
  private static Optional<Path> directory(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }
}
