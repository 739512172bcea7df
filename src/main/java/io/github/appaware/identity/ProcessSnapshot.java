package io.github.appaware.identity;

import io.github.appaware.jvm.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process as the system shows it (on Linux proc_pid_cmdline(5) and the like).
 *
 * @param pid its number
 * @param started its start time, which with the number identifies it
 * @param user the name of the user that runs it
 * @param command its arguments, the program's name first
 * @param environment as it was when the program started; empty where the system does not show it
 * @param directory its working directory
 * @param executable the real path of the program, perhaps deleted by now
 * @param image where the program's bytes can be read
 */
record ProcessSnapshot(
    long pid,
    Optional<Instant> started,
    String user,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path executable,
    Path image) {
  private static final Path PROC = Path.of("/proc");

  /** The index of its start behind the name in {@code stat}, proc_pid_stat(5). */
  private static final int STARTED = 19;

  /** Of the kernel's clock in that file, in a second, on all architectures that Java runs on. */
  private static final double TICKS = 100;

  static ProcessSnapshot of(long pid) throws TargetException {
    ProcessHandle.Info info = ProcessHandle.of(pid).orElseThrow(() -> gone(pid)).info();
    try {
      return Files.isDirectory(PROC.resolve("self")) ? fromProc(pid, info) : fromInfo(pid, info);
    } catch (IOException e) {
      throw Files.exists(PROC.resolve(Long.toString(pid)))
          ? TargetException.failed("process " + pid + " can't be inspected: " + e)
          : gone(pid);
    }
  }

  private static ProcessSnapshot fromProc(long pid, ProcessHandle.Info info)
      throws IOException, TargetException {
    Path process = PROC.resolve(Long.toString(pid));
    Path image = process.resolve("exe");
    Path executable = Files.readSymbolicLink(image);
    List<String> command = strings(process.resolve("cmdline"));
    Map<String, String> environment = new HashMap<>();
    for (String variable : strings(process.resolve("environ"))) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        // The first one counts, as for getenv.
        environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    Path directory = Files.readSymbolicLink(process.resolve("cwd"));
    return create(pid, info, command, environment, directory, executable, image);
  }

  private static ProcessSnapshot fromInfo(long pid, ProcessHandle.Info info)
      throws TargetException {
    String program =
        info.command()
            .orElseThrow(() -> TargetException.failed("process " + pid + " can't be inspected"));
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(info.arguments().orElse(new String[0])));
    Path executable = Path.of(program);
    return create(pid, info, command, Map.of(), Path.of(""), executable, executable);
  }

  private static ProcessSnapshot create(
      long pid,
      ProcessHandle.Info info,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path executable,
      Path image)
      throws TargetException {
    if (command.isEmpty()) {
      // The program has ended, and its status is not collected yet.
      throw gone(pid);
    }
    String user = info.user().orElseGet(() -> System.getProperty("user.name"));
    return new ProcessSnapshot(
        pid, info.startInstant(), user, command, environment, directory, executable, image);
  }

  /**
   * When it was started, to a few hundredths of a second, which {@link ProcessHandle} does not
   * give: it counts from the second in which the system was booted. Empty where that is unknown.
   */
  Optional<Instant> startedAt() {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      String uptime = Files.readString(PROC.resolve("uptime")).split(" ", -1)[0];
      double age = Double.parseDouble(uptime) - Long.parseLong(fields[STARTED]) / TICKS;
      return Optional.of(Instant.now().minusMillis((long) (age * 1_000)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it may see other files under the same paths, among them those that say what names mean:
   * it has a mount namespace or a root of its own, mount_namespaces(7).
   */
  boolean hasOwnFiles() {
    return isComplete() && !(hasSame("ns/mnt") && hasSame("root"));
  }

  private boolean hasSame(String link) {
    try {
      Path own = Files.readSymbolicLink(PROC.resolve("self").resolve(link));
      return Files.readSymbolicLink(PROC.resolve(pid + "").resolve(link)).equals(own);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the system shows options and environment as they are. */
  boolean isComplete() {
    return Files.isDirectory(PROC.resolve("self"));
  }

  /** The zero-terminated strings of a file. */
  private static List<String> strings(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), NativeText.CHARSET);
    if (text.isEmpty()) {
      return List.of();
    }
    String whole = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    return List.of(whole.split("\0", -1));
  }

  /**
   * Makes sure that it is still the same process: its number may have been reused, or it may run
   * another program by now.
   */
  void requireUnchanged() throws TargetException {
    ProcessSnapshot now = of(pid);
    boolean same =
        now.started.equals(started)
            && now.executable.equals(executable)
            && now.command.equals(command);
    if (!same) {
      throw TargetException.failed("process " + pid + " has become another program");
    }
  }

  private static TargetException gone(long pid) {
    return TargetException.failed("process " + pid + " is gone");
  }
}
