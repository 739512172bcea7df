package io.github.appaware.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts JVMs while it exchanges what they load of the agent: {@code WAYS TRIES EVIL COMMAND...}.
 * The evil jar is an agent that does nothing; {@code shadow/template} is a premain class that does
 * nothing, with zeros where the random part of its name belongs.
 */
public final class ChildFileAttacks {
  private static final Path SHADOW = Path.of("shadow");
  private static final Pattern NAME = Pattern.compile("appaware([0-9a-f]{32})");
  private static final Pattern FILE = Pattern.compile(".*/([0-9a-f]{32})\\.jar.*");

  private final Set<String> done = new HashSet<>();
  private final Path launcher =
      Path.of("/proc/" + ProcessHandle.current().parent().orElseThrow().pid() + "/fd");
  private final Path run;
  private final Path evil;

  private ChildFileAttacks(Path evil) throws IOException {
    this.evil = evil;
    this.run = run();
    for (Path file : list(run)) {
      boolean unused = done.add(file.toString()); // of no child
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ChildFileAttacks attacks = new ChildFileAttacks(Path.of(arguments[2]));
    List<String> ways = List.of(arguments[0].split(",", -1));
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                ways.forEach(attacks::attempt);
              }
            });
    thread.setDaemon(true);
    ways.forEach(attacks::attempt); // what is there before any child
    thread.start();
    List<String> command = List.of(arguments).subList(3, arguments.length);
    for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(process.waitFor() + " " + said.strip().replace("\n", " | "));
    }
  }

  /** The run's private directory. */
  private static Path run() throws IOException {
    String command = Files.readString(Path.of("/proc/self/environ")) + commandLine("self");
    Matcher matcher = Pattern.compile("[:=](/[^\\x00]*/[0-9a-f]{32}\\.jar)").matcher(command);
    if (!matcher.find()) {
      throw new IOException("no jar of the run in " + command);
    }
    return Path.of(matcher.group(1)).getParent();
  }

  private static String commandLine(String process) throws IOException {
    return Files.readString(Path.of("/proc/" + process + "/cmdline"));
  }

  private void attempt(String way) {
    try {
      switch (way) {
        case "exchange" -> exchange(done.size() % 2 == 0);
        case "name" -> shadow();
        case "held" -> readHeld();
        case "seal" -> writeHeld();
        case "agent" -> {
          if (done.add(way)) {
            replace(Path.of("tool/appaware-agent.jar"));
          }
        }
        default -> throw new IllegalArgumentException(way);
      }
    } catch (IOException e) {
      Thread.onSpinWait(); // gone meanwhile, or not allowed
    }
  }

  /** Each new jar in the run's directory, before its JVM opens it. */
  private void exchange(boolean inPlace) throws IOException {
    for (Path jar : list(run)) {
      if (jar.toString().endsWith(".jar") && done.add(jar.toString())) {
        if (inPlace) {
          Files.write(jar, Files.readAllBytes(evil));
        } else {
          replace(jar);
        }
      }
    }
  }

  private void replace(Path file) throws IOException {
    Path next = Files.copy(evil, Path.of("next.jar"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The name that stands on a child's command line, or as a file beside the others. */
  private void shadow() throws IOException {
    for (Path jar : list(run)) {
      define(FILE.matcher(jar.toString()));
    }
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      define(FILE.matcher(commandLine("" + child.pid())));
    }
  }

  /** The name that is in what the launcher holds. */
  private void readHeld() throws IOException {
    for (Path file : list(launcher)) {
      if (isInMemory(file)) {
        define(NAME.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
  }

  private void writeHeld() throws IOException {
    for (Path file : list(launcher)) {
      if (isInMemory(file) && done.add(file.toString())) {
        try {
          Files.write(file, Files.readAllBytes(evil));
          System.out.println("written: " + file);
        } catch (IOException e) {
          System.out.println("sealed");
        }
      }
    }
  }

  private static boolean isInMemory(Path file) throws IOException {
    return Files.readSymbolicLink(file).toString().startsWith("/memfd:appaware");
  }

  private void define(Matcher matcher) throws IOException {
    if (matcher.find() && done.add(matcher.group(1))) {
      String id = matcher.group(1);
      String template = Files.readString(SHADOW.resolve("template"), StandardCharsets.ISO_8859_1);
      Files.writeString(
          SHADOW.resolve("appaware" + id + ".class"),
          template.replace("0".repeat(32), id),
          StandardCharsets.ISO_8859_1);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    }
    return files;
  }
}
