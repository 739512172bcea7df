package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The terminal that a person sits at, whatever the standard streams are. */
final class ControllingTerminal {
  private static final Path FILE = Path.of("/dev/tty");

  private ControllingTerminal() {}

  /** Whether there is one: tty(4) says that it can't be opened otherwise. */
  static boolean exists() {
    try {
      Files.newOutputStream(FILE, StandardOpenOption.WRITE).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
