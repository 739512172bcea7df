package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.target.Hello;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the processes of a run load and start before the program runs, counted instead of timed. The
 * limits are a few percent above what was measured; one is raised for a reason only.
 */
@ExtendWith(ToolExtension.class)
class StartupIT {
  /** At most so many classes and threads, those of the JVM itself included, and classes of ours. */
  private record Limit(int classes, int threads, int own) {}

  private static final boolean IS_17 = Jdk.running().feature() == 17;
  private static final Limit VERSION = new Limit(IS_17 ? 760 : 950, 14, 20);
  private static final Limit LAUNCHER = new Limit(IS_17 ? 1_850 : 2_050, 22, 340);
  private static final Limit SERVER = new Limit(IS_17 ? 1_850 : 2_000, 18, 450);
  private static final Limit TARGET = new Limit(IS_17 ? 880 : 1_120, 24, 100);

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Hello.class)
  private Path jar;

  private List<String> counted(String name) {
    return List.of(
        "-Xlog:class+load:file=" + directory.resolve(name + ".classes"),
        "-Xlog:os+thread:file=" + directory.resolve(name + ".threads"));
  }

  /** A java for the launcher script that counts; no archives are made for it. */
  private String counting(String name) throws IOException {
    Path java = directory.resolve(name);
    String options = String.join("' '", counted(name));
    Files.writeString(
        java, "#!/bin/sh\nexec '" + Jdk.running().java() + "' '" + options + "' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return java.toString();
  }

  private Tool.Result run(String java, String target) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("run", "-q", "--policy", "deny.toml", "--"));
    command.add(Jdk.running().java());
    command.addAll(counted(target));
    command.addAll(List.of("-jar", jar.toString()));
    return tool.with("APPAWARE_JAVA", java).run(command.toArray(String[]::new));
  }

  /** A run's server until it is ready, when it may use all that it has loaded. */
  private void server() throws Exception {
    Path own = Files.createDirectory(directory.resolve("server-directory"));
    ServerOptions options =
        new ServerOptions(
            own,
            "key",
            Mode.ENFORCE,
            BlindMode.ALLOW,
            null,
            List.of(directory.resolve("deny.toml")),
            null,
            null);
    List<String> command = new ArrayList<>(List.of(Jdk.running().java(), "-XX:+UseSerialGC"));
    command.addAll(counted("server"));
    command.addAll(List.of("-Dappaware.server.local=true", "-jar", Tool.JAR.toString()));
    Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = server.getOutputStream();
        BufferedReader out = server.inputReader()) {
      in.write(options.write().getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(out.readLine()).isEqualTo("ready");
    } finally {
      int unused = server.waitFor(); // by the end of its input
    }
  }

  private void assertWithin(Limit limit, String name) throws IOException {
    List<String> classes = Files.readAllLines(directory.resolve(name + ".classes"));
    long all = classes.stream().filter(line -> line.contains(" source: ")).count();
    long own =
        classes.stream().filter(line -> line.contains("] io.github.appaware.")).count()
            + classes.stream().filter(line -> line.contains(".Appaware")).count();
    long threads =
        Files.readAllLines(directory.resolve(name + ".threads")).stream()
            .filter(line -> line.contains("started (pthread id"))
            .count();
    assertThat(all).as("classes loaded by %s", name).isBetween(400L, (long) limit.classes());
    assertThat(own).as("classes of ours in %s", name).isBetween(5L, (long) limit.own());
    assertThat(threads).as("threads started by %s", name).isBetween(5L, (long) limit.threads());
  }

  @Test
  void theProcessesOfARunLoadAndStartLittle() throws Exception {
    Files.writeString(directory.resolve("deny.toml"), "version = 1\n[default]\nunknown = 'deny'\n");
    // Weaves where no run did.
    assertThat(run(Jdk.running().java(), "warm").status()).isZero();

    assertThat(run(counting("launcher"), "target").out()).startsWith("hello");
    assertWithin(LAUNCHER, "launcher");
    assertWithin(TARGET, "target");

    tool.with("APPAWARE_JAVA", counting("version"));
    assertThat(tool.run("--version").out()).startsWith("appaware ");
    assertWithin(VERSION, "version");

    server();
    assertWithin(SERVER, "server");
  }
}
