package io.github.appaware.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands in a directory, and keeps what they say. */
final class Commands {
  private final Path directory;

  Commands(Path directory) {
    this.directory = directory;
  }

  /** How a command ended and what it said. */
  record Result(int status, String out, String err) {}

  Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  /** The directory is written as {@code DIR}, the user as {@code USER}. */
  Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
    int status =
        new CommandLineProgram(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                environment,
                directory)
            .run(arguments);
    return new Result(status, plain(out), plain(err));
  }

  private String plain(StringWriter text) {
    return text.toString()
        .replace(directory.toString(), "DIR")
        .replace(" by " + System.getProperty("user.name") + ": ", " by USER: ")
        .replaceAll("20[0-9-]{8}T[0-9:]{8}Z", "TIME");
  }
}
