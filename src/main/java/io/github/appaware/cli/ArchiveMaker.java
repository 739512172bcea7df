package io.github.appaware.cli;

import io.github.appaware.launch.ClassArchives;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process that makes the {@link ClassArchives}: it runs a small program under a policy, with a
 * launcher and a server that write down what they load. What a run loads is thus nowhere listed,
 * and a run of another kind loads the rest from the jar.
 */
final class ArchiveMaker {
  private static final String POLICY =
      """
      version = 1

      [default]
      unknown = "deny"

      [[rule]]
      id = "here"
      action = "allow"
      host = ["localhost", "*.example.com"]
      event = "resolve"

      [[rule]]
      action = "deny"
      address = "10.0.0.0/8"
      port = [443, "8000-8099"]
      protocol = "tcp"
      """;

  private static final long MOST_SECONDS = 60;

  private ArchiveMaker() {}

  /** The claim of this process, or null when it is to do something else. */
  static Path claim() {
    String claim = System.getProperty(ClassArchives.MAKER);
    return claim == null ? null : Path.of(claim);
  }

  /** Makes both archives, or changes nothing. */
  static int make(Path claim, Path jar) {
    try {
      Path scratch = Files.createTempDirectory(claim.toAbsolutePath().getParent(), "new");
      try {
        Path launcher = scratch.resolve(ClassArchives.LAUNCHER);
        Path server = scratch.resolve(ClassArchives.SERVER);
        if (record(scratch, jar) && isGood(launcher, jar) && isGood(server, jar)) {
          ClassArchives.install(launcher, claim.getParent());
          ClassArchives.install(server, claim.getParent());
          ClassArchives.forgetOthers(claim);
          return 0;
        }
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      return CommandLineProgram.FAILED; // the directory can't be written: runs go on without
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return CommandLineProgram.FAILED;
  }

  /** A run with a launcher and a server that write an archive each. */
  private static boolean record(Path scratch, Path jar) throws IOException, InterruptedException {
    Path policy = Files.writeString(scratch.resolve("policy.toml"), POLICY);
    Path program = DemoJar.write(scratch.resolve("program.jar"), ArchiveTarget.class);
    List<String> command = new ArrayList<>(ClassArchives.recorded(ClassArchives.LAUNCHER, scratch));
    command.addAll(List.of("-jar", jar.toString(), "run", "--mode", "enforce"));
    command.addAll(List.of("--policy", policy.toString()));
    command.addAll(List.of("--log", scratch.resolve("log.jsonl").toString()));
    command.addAll(List.of("--", java(), "-jar", program.toString()));
    return succeeds(command);
  }

  /** Whether this JVM can use the archive. */
  private static boolean isGood(Path archive, Path jar) throws IOException, InterruptedException {
    return succeeds(
        List.of(
            "-Xshare:on", "-XX:SharedArchiveFile=" + archive, "-jar", jar.toString(), "--version"));
  }

  private static boolean succeeds(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:+DisableAttachMechanism"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroy(); // a launcher ends its run
      return false;
    }
    return process.exitValue() == 0;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void delete(Path scratch) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(scratch)) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
    }
    Files.deleteIfExists(scratch);
  }
}
