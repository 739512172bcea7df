package io.github.appaware.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a local server is told by the launcher that starts it: through its standard input, so that
 * no secret is on a command line.
 *
 * @param directory the run's private directory, deleted at the end
 * @param key the secret between launcher and server
 * @param mode what becomes of events that no rule decides
 * @param log where to append the record, or null for nowhere
 * @param policies the policy files, as the user named them, relative to the working directory
 */
public record ServerOptions(Path directory, String key, Mode mode, Path log, List<Path> policies) {
  private static final String LAST = ".";

  public ServerOptions {
    policies = List.copyOf(policies);
  }

  /** The socket to listen on. */
  public Path socket() {
    return directory.resolve("s");
  }

  /** One value a line, then a line with a full stop. */
  public String write() {
    StringBuilder text = new StringBuilder();
    text.append(directory).append('\n').append(key).append('\n').append(mode.label()).append('\n');
    text.append(log == null ? "" : log).append('\n');
    for (Path policy : policies) {
      text.append(policy).append('\n');
    }
    return text.append(LAST).append('\n').toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the launcher ended in the middle of it
   */
  public static ServerOptions read(BufferedReader in) throws IOException {
    Path directory = Path.of(line(in));
    String key = line(in);
    Mode mode = Mode.valueOf(line(in).toUpperCase(Locale.ROOT));
    String log = line(in);
    List<Path> policies = new ArrayList<>();
    for (String line = line(in); !line.equals(LAST); line = line(in)) {
      policies.add(Path.of(line));
    }
    return new ServerOptions(directory, key, mode, log.isEmpty() ? null : Path.of(log), policies);
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the launcher ended before it said everything");
    }
    return line;
  }
}
