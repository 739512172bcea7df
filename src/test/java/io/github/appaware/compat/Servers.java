package io.github.appaware.compat;

import io.github.appaware.e2e.Jdk;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The servers outside of Java, or too large for each program: started once, without the agent. */
final class Servers implements Closeable {
  private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");
  private static final Path PASSWORDS = Path.of("/etc/passwd");
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
          postgresql() == null ? "no initdb in " + POSTGRESQL + " (Debian: postgresql)" : "";
      default -> "";
    };
  }

  /** Starts the server at the first call. */
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
    int port = free();
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
    List<String> user = root() ? asPostgres() : List.of();
    Path data = Files.createTempDirectory("appaware-compat-postgresql");
    if (root()) {
      run(List.of("chown", "postgres", data.toString()));
    }
    after.add(List.of("rm", "-rf", data.toString()));
    String bin = postgresql().toString();
    run(with(user, bin + "/initdb", "-A", "trust", "-U", "postgres", "-D", data.toString()));
    start(
        with(
            user,
            bin + "/postgres",
            "-D",
            data.toString(),
            "-h",
            "127.0.0.1",
            "-k",
            "",
            "-p",
            Integer.toString(port)));
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
    command.addAll(List.of(Integer.toString(port), Integer.toString(free()), data.toString()));
    start(command);
  }

  private static List<String> asPostgres() {
    return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
  }

  private static List<String> with(List<String> user, String... command) {
    List<String> all = new ArrayList<>(user);
    all.addAll(List.of(command));
    return all;
  }

  private static boolean root() throws IOException {
    return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
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

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
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

  /** The directory of the programs; root needs the user too, as PostgreSQL refuses to be root. */
  private static Path postgresql() {
    if (!Files.isDirectory(POSTGRESQL)) {
      return null;
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(POSTGRESQL)) {
      boolean user =
          !root()
              || Files.readAllLines(PASSWORDS).stream().anyMatch(e -> e.startsWith("postgres:"));
      for (Path version : versions) {
        if (user && Files.isExecutable(version.resolve("bin/initdb"))) {
          return version.resolve("bin");
        }
      }
      return null;
    } catch (IOException e) {
      return null;
    }
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
