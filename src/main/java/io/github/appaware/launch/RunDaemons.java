package io.github.appaware.launch;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.server.local.ProcessTerminator;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The background processes of build tools. A tool that finds its daemon by a registry is given one
 * of the run's own, by variables that the user has not set: so its daemon is started in the run, is
 * judged by the run's policy, and ends with the run. A daemon that another run, or none, has left
 * is not found.
 */
final class RunDaemons {
  private static final String DIRECTORY = "daemons";

  /** A path that needs no quotes, whatever splits the variable. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/+@-]+");

  /** What sbt appends for its socket, whose path has at most 107 bytes. */
  private static final int LONGEST_SERVER_DIRECTORY = 75;

  private static final String GRADLE = "GRADLE_OPTS";
  private static final String GRADLE_REGISTRY = "org.gradle.daemon.registry.base";
  private static final String KOTLIN_OPTIONS = "kotlin.daemon.options";

  private final Path directory;
  private final RunTree tree;
  private final ProcFs proc = ProcFs.ofSystem();

  /**
   * Of a run.
   *
   * @param run its private directory
   * @param tree its processes
   */
  RunDaemons(Path run, RunTree tree) {
    this.directory = run.resolve(DIRECTORY);
    this.tree = tree;
  }

  /** Adds the variables to the target's environment, where the user has not chosen otherwise. */
  void equip(Map<String, String> environment) {
    if (!PLAIN.matcher(directory.toString()).matches()) {
      return; // the tool finds the user's daemon, and the connection to it is told
    }
    String options = environment.getOrDefault(GRADLE, "");
    // A property of Gradle's JVM beats gradle.properties; Gradle passes both on to its daemon.
    options = with(options, GRADLE_REGISTRY, directory.resolve("gradle").toString());
    options = with(options, KOTLIN_OPTIONS, "runFilesPath=" + directory.resolve("kotlin"));
    environment.put(GRADLE, options);
    environment.putIfAbsent("MVND_DAEMON_STORAGE", directory.resolve("mvnd").toString());
    if (directory.toString().length() <= LONGEST_SERVER_DIRECTORY) {
      environment.putIfAbsent("SBT_GLOBAL_SERVER_DIR", directory.toString());
    }
  }

  private static String with(String options, String property, String value) {
    if (options.contains("-D" + property + "=")) {
      return options;
    }
    return (options.isEmpty() ? "" : options + " ") + "-D" + property + "=" + value;
  }

  /** The run is over: ends its daemons, and what they started. Returns when they are gone. */
  void end() {
    if (!Files.isDirectory(directory)) {
      return; // no tool has made itself at home there
    }
    for (ProcessInfo each : proc.processes()) {
      // A reader of a daemon's log need not be of the run.
      if (uses(each.pid()) && tree.contains(each.pid())) {
        ProcessHandle.of(each.pid()).ifPresent(ProcessTerminator::end);
      }
    }
  }

  /** Whether it was told the directory on its command line, or has a file open there. */
  private boolean uses(long pid) {
    return proc.commandLine(pid).stream().anyMatch(word -> word.contains(directory.toString()))
        || openFiles(pid).stream().anyMatch(file -> file.startsWith(directory));
  }

  private static List<Path> openFiles(long pid) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : all) {
        files.add(Files.readSymbolicLink(descriptor));
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return files; // closed meanwhile
    }
    return files;
  }
}
