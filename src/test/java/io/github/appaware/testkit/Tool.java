package io.github.appaware.testkit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real launcher script, with a home of its own: its cache, its runtime directory. */
public final class Tool {
  public static final Path HOME = Path.of(System.getProperty("appaware.home", "")).toAbsolutePath();
  public static final Path SCRIPT = HOME.resolve("launcher-scripts/appaware");
  public static final Path JAR = HOME.resolve("target/appaware.jar");
  public static final Path AGENT = HOME.resolve("target/appaware-agent.jar");

  private static final long PATIENCE_SECONDS = 120;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> place = new ArrayList<>();

  /** Everything it writes is below the directory, but the woven classes, which all tests share. */
  public Tool(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(runtime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("XDG_RUNTIME_DIR", runtime().toString());
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    environment.put("XDG_CACHE_HOME", HOME.resolve("target/test-cache").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  public Tool with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Runs on another host, or as another user, from now on.
   *
   * @param command what starts a command there, which is appended
   */
  public Tool at(List<String> command) {
    place.addAll(command);
    return this;
  }

  /** Where it runs. */
  Path directory() {
    return directory;
  }

  /** Neither on another host nor as another user. */
  boolean isHere() {
    return place.isEmpty();
  }

  /** Where runs have their private directories. */
  Path runtime() {
    return directory.resolve("rt");
  }

  /** What runs left in it. */
  public List<Path> left() throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(runtime())) {
      all.forEach(left::add);
    }
    return left;
  }

  public ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    return command(command);
  }

  /** Any other command, in the same surroundings. */
  public ProcessBuilder command(List<String> any) {
    List<String> command = new ArrayList<>(place);
    command.addAll(any);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeAll(List.of("CI", "JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return builder;
  }

  public Result run(String... arguments) throws IOException, InterruptedException {
    return run(builder(arguments), "");
  }

  /** Runs any process to its end with this input. */
  public static Result run(ProcessBuilder builder, String input)
      throws IOException, InterruptedException {
    return run(builder, input, PATIENCE_SECONDS);
  }

  /** The same, for one that may take this long. */
  public static Result run(ProcessBuilder builder, String input, long seconds)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("appaware-test-out", ".txt");
    Path err = Files.createTempFile("appaware-test-err", ".txt");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading: its status and output tell.
      }
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "no end after " + seconds + " s: " + Files.readString(out) + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** How a process ended and what it said. */
  public record Result(int status, String out, String err) {}

  /** A run of {@link io.github.appaware.target.Steps} that a test talks to. */
  public Dialog talk(String... arguments) throws IOException {
    return new Dialog(builder(arguments));
  }

  /** A process that answers each line with a line. Its errors go to a file. */
  public static final class Dialog implements Closeable {
    private final Path err = Files.createTempFile("appaware-test-err", ".txt");
    private final Process process;
    private final BufferedReader out;

    public Dialog(ProcessBuilder builder) throws IOException {
      process = builder.redirectError(err.toFile()).start();
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public String say(String line) throws IOException {
      tell(line);
      return out.readLine();
    }

    /** A line that is answered later; see {@link #hear}. */
    public void tell(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    /** The next line of its output; null at the end. */
    public String hear() throws IOException {
      return out.readLine();
    }

    public Process process() {
      return process;
    }

    public int end() throws IOException, InterruptedException {
      process.getOutputStream().close();
      return await();
    }

    public int await() throws InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no end after 120 s");
      }
      return process.exitValue();
    }

    public String err() throws IOException {
      return Files.readString(err);
    }

    @Override
    public void close() throws IOException {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(err);
    }
  }
}
