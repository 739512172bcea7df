package io.github.appaware.testkit;

import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.trust.Token;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real {@code appaware server}, on the loopback address if not said otherwise; it can be killed
 * and come back.
 */
public final class ResidentProcess implements Closeable {
  private final Tool tool;
  private final Path directory;
  private final String host;
  private final int port;
  private final int metrics;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  /** Sets up a directory; {@code policy.toml} in it is the policy. */
  public ResidentProcess(Path directory, String policy) throws Exception {
    this(new Tool(directory), directory, "127.0.0.1", Ports.free(), policy);
  }

  /** The same, with the tool of whatever host has that address. */
  ResidentProcess(Tool tool, Path directory, String host, int port, String policy)
      throws Exception {
    this.tool = tool;
    this.directory = Files.createDirectories(directory);
    this.host = host;
    this.port = port;
    metrics = Ports.free();
    policy(policy);
    Enrolling.init(directory.resolve("home"), host, "localhost");
  }

  private static void succeed(Result result) {
    if (result.status() != 0) {
      throw new AssertionError(result.err());
    }
  }

  public void policy(String text) throws IOException {
    Files.writeString(directory.resolve("policy.toml"), "version = 1\n" + text);
  }

  public String policy() throws IOException {
    return Files.readString(directory.resolve("policy.toml"));
  }

  public String address() {
    return "tls://" + host + ":" + port;
  }

  public int port() {
    return port;
  }

  /** Gets a certificate for the user of this tool. */
  public void enrol(Tool user, String role, String name) throws Exception {
    enrolAt(host, user, role, name);
  }

  /** The same, where the server is known under another name. */
  public void enrolAt(String host, Tool user, String role, String name) throws Exception {
    String address = "tls://" + host + ":" + port;
    Token token = Enrolling.token(directory.resolve("home"), Enrolling.role(role), "");
    if (user.isHere()) {
      Enrolling.enrol(user, address, token, name);
    } else {
      succeed(user.run("enroll", address, "--token", token.text(), "--name", name));
    }
  }

  public void revoke(String name) throws Exception {
    succeed(tool.run("server", "revoke", "--home", "home", name));
  }

  /** Serves from now on. */
  public ResidentProcess start() throws Exception {
    Path err = Files.createTempFile(directory, "server", ".err");
    process =
        tool.builder(
                "server",
                "--home",
                "home",
                "--listen",
                address(),
                "--policy",
                "policy.toml",
                "--log",
                "log.jsonl",
                "--metrics",
                "127.0.0.1:" + metrics)
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until(
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(Files.readString(err));
          }
          return Files.readString(err).contains("serving at");
        });
    return this;
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not die");
    }
  }

  /** How many questions wait at the server. */
  public int questions() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + metrics + "/health");
    String state =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    return Integer.parseInt(state.replaceFirst("(?s).*\"questions\":(\\d+).*", "$1"));
  }

  public List<String> record() throws IOException {
    return Files.readAllLines(directory.resolve("log.jsonl"));
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
