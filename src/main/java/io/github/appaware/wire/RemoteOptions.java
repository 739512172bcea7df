package io.github.appaware.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The agent's argument where no launcher prepared anything: {@code
 * server=tls://HOST:PORT[,tls://HOST:PORT...][;KEY=VALUE...]}. Nothing in it is a secret.
 *
 * @param servers tried in this order
 * @param certificate the file of the key and certificates for all of them, or empty
 * @param configuration the directory with what enrolling left, or empty for the user's own
 * @param grace how long cached verdicts stay good without a server
 * @param run names the run, or empty for a random name
 * @param tool the tool's jar, or empty for the one beside the agent's
 */
public record RemoteOptions(
    List<ServerAddress> servers,
    String certificate,
    String configuration,
    Duration grace,
    String run,
    String tool) {
  /** What such an argument begins with; the path of a file does not. */
  public static final String PREFIX = "server=";

  private static final String CERTIFICATE = "certificate";
  private static final String CONFIGURATION = "config";
  private static final String GRACE = "offline-grace";
  private static final String RUN = "run";
  private static final String TOOL = "tool";

  private static final int LONGEST_RUN = 64;
  private static final Duration LONGEST_GRACE = Duration.ofHours(24);

  public RemoteOptions {
    servers = List.copyOf(servers);
  }

  /**
   * Takes what a user wrote.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static RemoteOptions parse(String argument) {
    String[] parts = argument.split(";", -1);
    List<ServerAddress> servers = ServerAddress.parseAll(parts[0].substring(PREFIX.length()));
    for (ServerAddress server : servers) {
      if (server.isUnix()) {
        throw new IllegalArgumentException(
            "`" + server + "` is not a remote server: expected `tls://HOST:PORT`");
      }
    }
    String certificate = "";
    String configuration = "";
    String grace = "";
    String run = "";
    String tool = "";
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
      String value = equals < 0 ? "" : parts[i].substring(equals + 1);
      switch (key) {
        case CERTIFICATE -> certificate = once(key, certificate, absolute(key, value));
        case CONFIGURATION -> configuration = once(key, configuration, absolute(key, value));
        case GRACE -> grace = once(key, grace, value);
        case RUN -> run = once(key, run, name(value));
        case TOOL -> tool = once(key, tool, absolute(key, value));
        default ->
            throw new IllegalArgumentException(
                "unknown agent option `"
                    + parts[i]
                    + "`: expected `certificate=FILE`, `config=DIR`, `offline-grace=TIME`,"
                    + " `run=NAME` or `tool=FILE`");
      }
    }
    if (!certificate.isEmpty() && !configuration.isEmpty()) {
      throw new IllegalArgumentException("`certificate` and `config` exclude each other");
    }
    Duration time = grace.isEmpty() ? Duration.ZERO : duration(grace);
    return new RemoteOptions(servers, certificate, configuration, time, run, tool);
  }

  private static String once(String key, String present, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("`" + key + "` has no value");
    }
    if (!present.isEmpty()) {
      throw new IllegalArgumentException("`" + key + "` is given twice");
    }
    return value;
  }

  /** What the target starts has the same argument, and perhaps another working directory. */
  private static String absolute(String key, String path) {
    if (!path.isEmpty() && !Path.of(path).isAbsolute()) {
      throw new IllegalArgumentException(
          "invalid path `" + path + "` for `" + key + "`: expected an absolute path");
    }
    return path;
  }

  private static String name(String text) {
    boolean good = text.length() <= LONGEST_RUN;
    for (int i = 0; good && i < text.length(); i++) {
      char c = text.charAt(i);
      good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
    }
    if (!good) {
      throw new IllegalArgumentException(
          "invalid name `"
              + text
              + "` for `run`: expected up to 64 letters, digits, `.`, `_`, `-`");
    }
    return text;
  }

  /** As everywhere: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}; {@code 0} is none. */
  private static Duration duration(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    Duration value = null;
    if (digits > 0 && digits <= 9) {
      long number = Long.parseLong(text.substring(0, digits));
      value =
          switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "" -> number == 0 ? Duration.ZERO : null;
            default -> null;
          };
    }
    if (value == null || value.compareTo(LONGEST_GRACE) > 0) {
      throw new IllegalArgumentException(
          "invalid duration `"
              + text
              + "` for `offline-grace`: expected up to 24h, e.g. `500ms`, `30s`, `2m`, `1h`");
    }
    return value;
  }

  /**
   * The file of the key for a server.
   *
   * @param environment of this process
   * @param home the user's directory
   */
  public Path file(ServerAddress server, Map<String, String> environment, String home) {
    if (!certificate.isEmpty()) {
      return Path.of(certificate);
    }
    Path base =
        configuration.isEmpty()
            ? directory(environment, "XDG_CONFIG_HOME", home, ".config")
            : Path.of(configuration);
    return base.resolve("servers").resolve(server.directory()).resolve("agent.pem");
  }

  /** The directory of woven classes, which all runs of the user share. */
  public static Path store(Map<String, String> environment, String home) {
    return directory(environment, "XDG_CACHE_HOME", home, ".cache").resolve("woven");
  }

  /** The XDG base directory specification's places; it says to ignore relative paths. */
  private static Path directory(
      Map<String, String> environment, String variable, String home, String otherwise) {
    String value = environment.get(variable);
    Path base =
        value != null && !value.isEmpty() && Path.of(value).isAbsolute()
            ? Path.of(value)
            : home(home).resolve(otherwise);
    return base.resolve("appaware");
  }

  /** A user without a home directory has `?` as {@code user.home}: nothing can be there. */
  private static Path home(String home) {
    Path path = Path.of(home == null ? "" : home);
    return path.isAbsolute() ? path : Path.of("/dev/null/no-home-directory");
  }
}
