package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real etcd on loopback, in a process of its own, with its data in a directory of the test's. */
public final class EtcdProcess implements Closeable {
  private static final Path PROGRAM = Path.of("/usr/bin/etcd");

  private final Path directory;
  private final List<String> options;
  private final int port;
  private final int peers;
  private final String scheme;
  private Process process;

  /** Starts one. */
  public EtcdProcess(Path directory, String... options) throws Exception {
    this.directory = directory;
    this.options = List.of(options);
    this.port = Ports.free();
    this.peers = Ports.free();
    this.scheme = this.options.contains("--client-cert-auth") ? "https" : "http";
    start();
  }

  /** Skips the test where Debian's package is not installed. */
  public static void assume() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "there is no etcd: apt-get install etcd-server");
  }

  /** The host and the port. */
  public String server() {
    return "127.0.0.1:" + port;
  }

  /** Starts it, again after it was killed, and waits until it answers. */
  public void start() throws Exception {
    String clients = scheme + "://" + server();
    String own = "http://127.0.0.1:" + peers;
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(List.of("--data-dir", directory.resolve("etcd").toString()));
    command.addAll(List.of("--listen-client-urls", clients, "--advertise-client-urls", clients));
    command.addAll(List.of("--listen-peer-urls", own, "--initial-advertise-peer-urls", own));
    command.addAll(List.of("--initial-cluster", "default=" + own));
    command.addAll(options);
    Path log = directory.resolve("etcd.log");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Await.until(
        () -> {
          assertThat(process.isAlive()).as("etcd runs, see %s", log).isTrue();
          return answers();
        });
  }

  /** With a leader, which takes about a second more than accepting connections. */
  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (scheme.equals("https")) {
        return socket.isConnected();
      }
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.contains("\"health\":\"true\"");
    } catch (IOException e) {
      return false;
    }
  }

  /** As by {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops or continues it without ending it. */
  public void signal(String name) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
