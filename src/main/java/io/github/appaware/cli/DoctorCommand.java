package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.GuardMode;
import io.github.appaware.event.Mode;
import io.github.appaware.identity.JavaHome;
import io.github.appaware.launch.GuardSupport;
import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.Launcher;
import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.launch.RunOptions;
import io.github.appaware.launch.ServerStart;
import io.github.appaware.prompt.MessageWrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code appaware doctor}. */
@Command(
    name = "doctor",
    description = "Check what this machine supports, and suggest fixes for what it does not.",
    customSynopsis = "Usage: appaware doctor [OPTIONS]",
    synopsisHeading = "",
    footer = {"", "Exit status: 0 when runs are protected here, 1 when something is in the way."})
final class DoctorCommand implements Callable<Integer> {
  /** Below the level of a finding. */
  private static final String INDENT = " ".repeat(6);

  /** Bytes; the woven classes of a few JDKs have less. */
  private static final int HOOKS_SIZE = 16_000_000;

  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;
  private boolean healthy = true;

  @Option(names = "--json", description = "One JSON object for each finding, for programs.")
  private boolean json;

  DoctorCommand(Console console, Map<String, String> environment, Path directory) {
    this.console = console;
    this.environment = environment;
    this.directory = directory;
  }

  @Override
  public Integer call() throws IOException {
    good("Java " + Runtime.version() + " runs appaware (" + System.getProperty("java.home") + ")");
    Installation installation;
    try {
      installation = Installation.find(environment);
      good("both jars are in " + installation.tool().getParent());
    } catch (LaunchException e) {
      bad(e.getMessage(), e.help());
      return 1;
    }
    cache(installation.store());
    processes();
    guard();
    runs(installation);
    limits();
    return healthy ? 0 : 1;
  }

  private void cache(Path store) throws IOException {
    if (store.startsWith(Installation.NO_HOME)) {
      note(
          "this user has no home directory: each run prepares the hooks anew",
          "set XDG_CACHE_HOME to a directory that you can write");
      return;
    }
    try {
      Files.createDirectories(store);
      fill(Files.createTempFile(store, "doctor", ".tmp"));
      good("hooks can be kept in " + store);
    } catch (IOException e) {
      bad(
          "hooks can't be kept in " + store + ": " + FileErrors.reason(e),
          "make it writable, with 16 MB of free space, or set XDG_CACHE_HOME to a directory that is");
    }
  }

  /** On a disk that is full, a file can be created but not written. */
  private static void fill(Path file) throws IOException {
    try {
      Files.write(file, new byte[HOOKS_SIZE]);
    } finally {
      Files.delete(file);
    }
  }

  private void processes() throws IOException {
    if (Files.isReadable(Path.of("/proc/self/cmdline"))) {
      good("child JVMs can be identified from outside (/proc)");
    } else {
      note(
          "no /proc: child JVMs are identified by the command line that the JDK reports",
          "nothing to do; their working directory is assumed to be the target's");
    }
  }

  /** The {@code java} on the path, and the one in JAVA_HOME. */
  private List<JavaHome> jdks() throws IOException {
    List<Path> launchers = new ArrayList<>();
    String path = environment.getOrDefault("PATH", "");
    for (String entry : path.split(java.io.File.pathSeparator, -1)) {
      Path java = directory.resolve(entry).resolve("java");
      if (Files.isExecutable(java)) {
        launchers.add(java);
        break;
      }
    }
    String home = environment.getOrDefault("JAVA_HOME", "");
    if (!home.isEmpty()) {
      launchers.add(Path.of(home, "bin", "java"));
    }
    List<JavaHome> found = new ArrayList<>();
    for (Path launcher : launchers) {
      Optional<JavaHome> java = JavaHome.of(launcher);
      if (java.isEmpty()) {
        note(
            "`" + launcher + "` is not a JDK's own launcher but a script, or is broken",
            "runs with it work, but each JVM reports JAVA_TOOL_OPTIONS on its standard error; name"
                + " the JDK's own `bin/java` to avoid that");
      } else if (found.stream().noneMatch(known -> known.home().equals(java.get().home()))) {
        found.add(java.get());
      }
    }
    if (found.isEmpty()) {
      note("no `java` on the PATH", "name one with its path: appaware run -- /x/bin/java");
    }
    return found;
  }

  private void runs(Installation installation) throws IOException {
    Path scratch;
    try {
      scratch = TemporaryFiles.directory("appaware-doctor-");
      good("temporary files can be kept in " + scratch.getParent());
    } catch (UsageException e) {
      bad(e.getMessage(), e.help());
      return;
    }
    Path jar = scratch.resolve("demo.jar");
    try {
      DemoJar.write(jar, DemoTarget.class);
      for (JavaHome java : jdks()) {
        run(installation, java, jar);
      }
    } finally {
      Files.deleteIfExists(jar);
      Files.delete(scratch);
    }
  }

  /** A whole run: weaving, server, agent, self-test. */
  private void run(Installation installation, JavaHome java, Path jar) throws IOException {
    String name = "Java " + java.version() + " (" + java.home() + ")";
    if (java.feature() < 17) {
      note(
          name + " is too old to be a target",
          "use 17 or later to run applications under appaware");
      return;
    }
    try {
      List<String> command =
          List.of(java.home().resolve("bin/java").toString(), "-jar", jar.toString());
      long begin = System.nanoTime();
      int status =
          new Launcher(
                  installation,
                  new ServerStart(installation, ServerMain.OPTION),
                  environment,
                  directory,
                  text -> {},
                  QuestionHandler.NONE)
              .run(
                  new RunOptions(
                      command,
                      List.of(),
                      null,
                      Mode.ENFORCE,
                      BlindMode.ALLOW,
                      GuardMode.OFF,
                      null,
                      null))
              .status();
      long millis = (System.nanoTime() - begin) / 1_000_000;
      if (status == 0) {
        good(name + " runs under appaware, hooks verified by the self-test (" + millis + " ms)");
      } else {
        bad(name + " ended with status " + status, "run `appaware demo` to see its messages");
      }
    } catch (LaunchException e) {
      bad(name + " does not run under appaware: " + e.getMessage(), e.help());
    }
  }

  private void guard() throws IOException {
    Optional<String> missing = GuardSupport.missing();
    if (missing.isEmpty()) {
      good(
          "programs that are not Java, and native code, can be confined: run --guard on"
              + (GuardSupport.isBacked() ? "" : " (without Landlock, which would back it)"));
    } else {
      note("no guard: " + missing.get(), "run on Linux 5.19 or later, outside of other sandboxes");
    }
  }

  private void limits() throws IOException {
    note(
        "without --guard, programs that are not Java, and native code inside a JVM, are not confined",
        "use it, or means of the system, such as network namespaces; sudo does not work under it");
  }

  private void good(String text) throws IOException {
    show("ok", text, "");
  }

  private void note(String text, String todo) throws IOException {
    show("note", text, todo);
  }

  private void bad(String text, String todo) throws IOException {
    healthy = false;
    show("FAIL", text, todo.isEmpty() ? "see the message" : todo);
  }

  private void show(String level, String text, String todo) throws IOException {
    if (json) {
      JsonLine.print(
          console,
          g -> {
            g.writeStringField("level", level.toLowerCase(Locale.ROOT));
            g.writeStringField("finding", text);
            JsonLine.text(g, "help", todo);
          });
      return;
    }
    int columns = console.screen().size(Screen.OUT).columns();
    String start = console.word(level) + INDENT.substring(level.length());
    for (String line : MessageWrap.wrap(INDENT + Console.visible(text), columns)) {
      console.out().println(start + line.substring(INDENT.length()));
      start = INDENT;
    }
    if (!todo.isEmpty()) {
      console.print(INDENT + "-> " + Console.visible(todo));
    }
  }
}
