package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's JVM, with a heap of that size, seen from outside. Its end is a failure. */
public final class ServerProcess implements Closeable {
  private static final Pattern USED = Pattern.compile(" total \\d+K, used (\\d+)K");

  /** For main classes that only tests have. */
  private static final Path TESTS =
      Path.of(ServerProcess.class.getProtectionDomain().getCodeSource().getLocation().getPath());

  private final Process process;
  private final Path err;
  private final int metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServerProcess(Process process, Path err, int metrics) {
    this.process = process;
    this.err = err;
    this.metrics = metrics;
  }

  /** As the launcher script, or the launcher, starts it, but for the heap. */
  static ServerProcess start(
      Path directory, int mebibytes, String main, int metrics, List<String> arguments)
      throws IOException {
    Path err = directory.resolve("server.err");
    List<String> command = new ArrayList<>();
    command.add(Jdk.running().java());
    command.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xss256k"));
    command.addAll(List.of("-Xmx" + mebibytes + "m", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", Tool.JAR + File.pathSeparator + TESTS, main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeAll(List.of("CI", "JAVA_TOOL_OPTIONS"));
    builder.redirectError(err.toFile()).redirectOutput(directory.resolve("server.out").toFile());
    return new ServerProcess(builder.start(), err, metrics);
  }

  /** Its standard input. */
  OutputStream in() {
    return process.getOutputStream();
  }

  void awaitLine(String line) throws Exception {
    Await.until(
        () -> {
          assertAlive();
          return err().contains(line) || Files.readString(out()).contains(line);
        });
  }

  private Path out() {
    return err.resolveSibling("server.out");
  }

  public void assertAlive() throws IOException {
    assertThat(process.isAlive()).as(err()).isTrue();
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  /** A sample of its figures, by name and labels as they are written. */
  public double sample(String name) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + metrics + "/metrics");
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** How many clients were rejected for that cause. */
  public int refused(String cause) throws IOException, InterruptedException {
    return (int) sample("appaware_refused_connections_total{cause=\"" + cause + "\"}");
  }

  /** KiB of the heap in use, once all garbage is collected. */
  public int liveKibibytes() throws Exception {
    String unused = jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    int sum = 0;
    while (used.find()) {
      sum += Integer.parseInt(used.group(1));
    }
    assertThat(sum).isPositive();
    return sum;
  }

  /** Threads that serve clients. */
  public int clientThreads() throws Exception {
    return (int)
        jcmd("Thread.print")
            .lines()
            .filter(line -> line.startsWith("\"client-") || line.startsWith("\"greeter"))
            .count();
  }

  /** Open file descriptors. */
  public int descriptors() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path unused : all) {
        count++;
      }
    }
    return count;
  }

  private String jcmd(String... command) throws Exception {
    String tool = Path.of(Jdk.running().java()).resolveSibling("jcmd").toString();
    List<String> all = new ArrayList<>(List.of(tool, String.valueOf(process.pid())));
    all.addAll(Arrays.asList(command));
    Tool.Result result = Tool.run(new ProcessBuilder(all), "");
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  void say(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
