package io.github.appaware.server.local;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The options of a local server, which the launcher writes to its standard input, so that no secret
 * is on a command line.
 *
 * @param directory the run's private directory, deleted at the end
 * @param key the secret between launcher and server
 * @param mode what happens to events that no rule decides
 * @param blind what happens to blind events
 * @param log where to append the record, or null for nowhere
 * @param policies the policy files, as the user named them, relative to the working directory
 * @param answers where answers are saved; need not exist yet. Null for the first policy file
 * @param upstream the server that must allow what this one allows, or null
 */
public record ServerOptions(
    Path directory,
    String key,
    Mode mode,
    BlindMode blind,
    Path log,
    List<Path> policies,
    Path answers,
    UpstreamOptions upstream) {
  /**
   * The upstream server.
   *
   * @param servers addresses, separated by commas
   * @param configuration the directory of the user's certificates
   * @param grace how long cached verdicts stay valid without it
   */
  public record UpstreamOptions(String servers, Path configuration, Duration grace) {}

  public ServerOptions {
    policies = List.copyOf(policies);
  }

  /** The socket to listen on. */
  public Path socket() {
    return directory.resolve("s");
  }

  /** The file with the console key, readable for the user alone. */
  public Path consoleKey() {
    return directory.resolve("console");
  }

  /**
   * One value a line; the number of policies before them.
   *
   * @throws IOException when a path has a line break
   */
  public String write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(directory.toString());
    lines.add(key);
    lines.add(mode.label());
    lines.add(blind.label());
    lines.add(log == null ? "" : log.toString());
    lines.add(answers == null ? "" : answers.toString());
    lines.add(upstream == null ? "" : upstream.servers());
    lines.add(upstream == null ? "" : upstream.configuration().toString());
    lines.add(upstream == null ? "" : upstream.grace().toString());
    lines.add(String.valueOf(policies.size()));
    for (Path policy : policies) {
      lines.add(policy.toString());
    }
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw new IOException("a path with a line break: " + line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the launcher ended in the middle of it
   */
  public static ServerOptions read(BufferedReader in) throws IOException {
    Path directory = Path.of(line(in));
    String key = line(in);
    try {
      Mode mode = Mode.valueOf(line(in).toUpperCase(Locale.ROOT));
      BlindMode blind = BlindMode.valueOf(line(in).toUpperCase(Locale.ROOT));
      String log = line(in);
      String answers = line(in);
      String servers = line(in);
      String configuration = line(in);
      String grace = line(in);
      int count = Integer.parseInt(line(in));
      List<Path> policies = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        policies.add(Path.of(line(in)));
      }
      return new ServerOptions(
          directory,
          key,
          mode,
          blind,
          log.isEmpty() ? null : Path.of(log),
          policies,
          answers.isEmpty() ? null : Path.of(answers),
          servers.isEmpty()
              ? null
              : new UpstreamOptions(servers, Path.of(configuration), Duration.parse(grace)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IOException("invalid options from the launcher: " + e.getMessage(), e);
    }
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the launcher ended before it sent all options");
    }
    return line;
  }
}
