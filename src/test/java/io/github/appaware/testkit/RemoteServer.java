package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Tool.Dialog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code appaware server} on loopback, in a process of its own. */
public final class RemoteServer implements Closeable {
  private final Tool tool;
  private final String home;
  private final String address;
  private final List<String> options;
  private Dialog process;

  /** Serves the home, which is made if it is not there yet. */
  public RemoteServer(Tool tool, String home, String... options) throws Exception {
    this.tool = tool;
    this.home = home;
    this.address = "tls://localhost:" + Ports.free();
    this.options = List.of(options);
    start();
  }

  public static void init(Tool tool, String home) throws Exception {
    Enrolling.init(tool.directory().resolve(home), "localhost");
  }

  /** Starts it, again after it was killed, and waits until it serves. */
  void start() throws IOException {
    List<String> all = new ArrayList<>(List.of("server", "--home", home, "--listen", address));
    all.addAll(options);
    ProcessBuilder builder = tool.builder(all.toArray(String[]::new));
    builder.command().addAll(0, List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
    process = new Dialog(builder);
    assertThat(process.hear()).isEqualTo("appaware: serving at " + address);
  }

  /** As {@code tls://HOST:PORT}. */
  public String address() {
    return address;
  }

  /** The next line that it prints. */
  String hear() throws IOException {
    return process.hear();
  }

  /** Waits until it prints a line with this text. */
  public void awaitLine(String text) throws IOException {
    String line = hear();
    while (!line.contains(text)) {
      line = hear();
    }
  }

  /** Has this machine enrolled under that name. */
  public void enrol(String role, String name) throws Exception {
    Path served = tool.directory().resolve(home);
    Enrolling.enrol(tool, address, Enrolling.token(served, Enrolling.role(role), name), "");
  }

  /** As by {@code kill -9}. */
  void kill() throws InterruptedException {
    process.process().destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
