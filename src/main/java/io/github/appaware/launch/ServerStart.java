package io.github.appaware.launch;

import io.github.appaware.linux.OwnChildren;
import io.github.appaware.server.local.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The start of a run's server. Its JVM takes longest of all that a run needs, and can begin before
 * the run's options are known: it gets them through its standard input, and ends when that is
 * closed without them, at the latest with the launcher. Of one thread.
 */
public final class ServerStart {
  private final Installation installation;
  private final String jvmOption;

  /** Null until it begins. */
  private Process process;

  private boolean used;

  /**
   * Starts nothing yet.
   *
   * @param jvmOption the JVM option that makes the tool's jar the server
   */
  public ServerStart(Installation installation, String jvmOption) {
    this.installation = installation;
    this.jvmOption = jvmOption;
  }

  /** Starts the JVM, if that is not done. */
  public void begin() throws LaunchException {
    if (process == null) {
      try {
        process = start();
      } catch (IOException e) {
        throw cannot(e);
      }
    }
  }

  /** The server with these options; only once. */
  ServerProcess with(ServerOptions options) throws LaunchException {
    begin();
    used = true;
    byte[] lines;
    try {
      lines = options.write().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      process.destroyForcibly();
      throw cannot(e);
    }
    try {
      process.getOutputStream().write(lines);
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended, and what it printed says why: awaitReady() tells that.
    }
    return new ServerProcess(process);
  }

  /** Ends the JVM if there was no use for it. */
  public void abandon() {
    if (process != null && !used) {
      process.destroyForcibly();
    }
  }

  private static LaunchException cannot(IOException failure) {
    return new LaunchException(
        "can't start the decision server: " + failure.getMessage(), "run `appaware doctor`");
  }

  private Process start() throws IOException {
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
    return OwnChildren.started(builder.start());
  }
}
