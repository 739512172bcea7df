package io.github.appaware.launch;

import io.github.appaware.linux.OwnChildren;
import io.github.appaware.server.local.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The decision server of one run, as a child process. Its standard input is a pipe from the
 * launcher, by whose end the server notices that the launcher ended. It shares no stream with the
 * target.
 */
final class ServerProcess {
  /** The line that the server prints when it listens. */
  static final String READY = "ready";

  private final Process process;
  private final BufferedReader out;

  private ServerProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ServerProcess start(Installation installation, String jvmOption, ServerOptions options)
      throws LaunchException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.of(
                    List.of(installation.java().toString()),
                    List.of("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")),
                    // Compiling earlier would cost more than it gains before the run is over.
                    List.of("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=3"),
                    List.of("-Xshare:auto", "-XX:+UseSerialGC"),
                    List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"),
                    List.of("-XX:+DisableAttachMechanism", "-Xss256k", "-Xmx256m"),
                    ClassArchives.options(ClassArchives.SERVER),
                    List.of(jvmOption, "-jar", installation.tool().toString()))
                .flatMap(List::stream)
                .toList());
    builder.redirectErrorStream(true);
    // Options that are meant for the target's JVM.
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    try {
      Process process = OwnChildren.started(builder.start());
      process.getOutputStream().write(options.write().getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return new ServerProcess(process);
    } catch (IOException e) {
      throw new LaunchException(
          "can't start the decision server: " + e.getMessage(), "run `appaware doctor`");
    }
  }

  /** Waits until the server listens; what else it prints says why it does not. */
  void awaitReady() throws LaunchException {
    StringBuilder output = new StringBuilder();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(READY)) {
          return;
        }
        output.append(output.length() == 0 ? "" : "\n").append(line);
      }
    } catch (IOException e) {
      output.append(e.getMessage());
    }
    throw new LaunchException(
        output.length() == 0 ? "the decision server ended before it was ready" : output.toString(),
        "");
  }

  /**
   * Closes the server's standard input and waits for its end.
   *
   * <p>With the input open, the server's reading thread would be in a native call, for which a JVM
   * that ends waits 300 ms.
   *
   * @param millis how long to wait at most
   * @return whether the server has ended
   */
  boolean awaitEnd(long millis) throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }
}
