package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Runs {@code appaware policy} in a directory, and keeps what it says. */
final class Policies {
  private final Commands commands;

  Policies(Path directory) {
    commands = new Commands(directory);
  }

  /** How a command ended and what it said. */
  record Result(int status, String out, String err) {}

  Path write(String name, String text) throws IOException {
    return commands.write(name, text);
  }

  String read(String name) throws IOException {
    return commands.read(name);
  }

  /** The directory is written as {@code DIR}, the user as {@code USER}. */
  Result run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "policy";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Commands.Result result = commands.run(all);
    return new Result(result.status(), result.out(), result.err());
  }
}
