package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The servers outside of Java, or too large for each program: started once, without the agent. */
final class Servers implements Closeable {
  private static final int PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<Process> processes = new ArrayList<>();
  private final List<List<String>> after = new ArrayList<>();

  Servers(Path directory) {
    this.directory = directory;
  }

  /** Why a program can't run here; empty when it can. */
  static String missing(String server) {
    return switch (server) {
      case "redis" ->
          onThePath("redis-server") == null
              ? "no `redis-server` on the PATH (Debian: redis-server)"
              : "";
      case "postgresql" ->
          Postgresql.missing() ? "no PostgreSQL in its usual place (Debian: postgresql)" : "";
      default -> "";
    };
  }

  /** The port of a server that was started. */
  int port(String server) throws IOException {
    Integer port = ports.get(server);
    if (port == null) {
      throw new IllegalStateException("not started: " + server);
    }
    return port;
  }

  /** Starts what this needs, unless it runs. */
  void start(Program program, ClassPaths paths) throws IOException, InterruptedException {
    String server = program.get("needs");
    if (server.isEmpty() || ports.containsKey(server)) {
      return;
    }
    int port = Ports.free();
    switch (server) {
      case "redis" -> redis(port);
      case "postgresql" -> postgresql(port);
      default -> java(server, port, paths);
    }
    await(port);
    ports.put(server, port);
  }

  private void redis(int port) throws IOException {
    start(
        List.of(
            onThePath("redis-server").toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--dir",
            directory.toString()));
  }

  private void postgresql(int port) throws IOException, InterruptedException {
    // Not below the test's directory, into which another user can't look.
    Path data = Files.createTempDirectory("appaware-compat-postgresql");
    after.add(List.of("rm", "-rf", data.toString()));
    for (List<String> command : Postgresql.preparation(data)) {
      run(command);
    }
    start(Postgresql.server(data, port));
  }

  private void java(String server, int port, ClassPaths paths) throws IOException {
    Program program =
        Program.all().stream()
            .filter(each -> each.get("server").equals(server))
            .findFirst()
            .orElseThrow();
    List<String> command = new ArrayList<>(List.of(Jdk.running().java(), "-Xmx512m"));
    command.addAll(paths.start(program));
    Path data = Files.createDirectories(directory.resolve(server));
    command.addAll(
        List.of(Integer.toString(port), Integer.toString(Ports.free()), data.toString()));
    start(command);
  }

  private void start(List<String> command) throws IOException {
    processes.add(builder(command).start());
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    int status = builder(command).start().waitFor();
    if (status != 0) {
      throw new IOException(command + " ended with " + status + ", see " + log());
    }
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  private Path log() {
    return directory.resolve("servers.log");
  }

  private void await(int port) throws IOException, InterruptedException {
    Process process = processes.get(processes.size() - 1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        new Socket(InetAddress.getByName("127.0.0.1"), port).close();
        return;
      } catch (IOException e) {
        // Not yet. The wait ends early when there is nothing to wait for.
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IOException("a server did not start, see " + log());
  }

  private static Path onThePath(String program) {
    for (String each : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(each, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process process : processes) {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      for (List<String> command : after) {
        run(command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
