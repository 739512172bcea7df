package io.github.appaware.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of Debian's PostgreSQL. It refuses to be root, who runs it as its own user. */
final class Postgresql {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final Path USERS = Path.of("/etc/passwd");
  private static final String USER = "postgres";

  private Postgresql() {}

  static boolean missing() {
    try {
      return programs() == null || (root() && !hasUser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasUser() throws IOException {
    return Files.readAllLines(USERS).stream().anyMatch(line -> line.startsWith(USER + ":"));
  }

  private static boolean root() throws IOException {
    return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
  }

  private static Path programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return null;
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS)) {
      for (Path version : versions) {
        if (Files.isExecutable(version.resolve("bin/initdb"))) {
          return version.resolve("bin");
        }
      }
      return null;
    }
  }

  /** What makes a database in an empty directory. */
  static List<List<String>> preparation(Path data) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    if (root()) {
      commands.add(List.of("chown", USER, data.toString()));
    }
    commands.add(command("initdb", "-A", "trust", "-U", USER, "-D", data.toString()));
    return commands;
  }

  /** What serves it on the loopback until it is ended. */
  static List<String> server(Path data, int port) throws IOException {
    String number = Integer.toString(port);
    return command(USER, "-D", data.toString(), "-h", "127.0.0.1", "-k", "", "-p", number);
  }

  private static List<String> command(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
    }
    command.add(programs().resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
