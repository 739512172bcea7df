package io.github.appaware.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The controlling terminal, whatever the standard streams are. */
final class ControllingTerminal {
  private static final Path FILE = Path.of("/dev/tty");

  private ControllingTerminal() {}

  /** Whether there is one: without, {@code /dev/tty} can't be opened, see tty(4). */
  static boolean exists() {
    try {
      Files.newOutputStream(FILE, StandardOpenOption.WRITE).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the user types on it, in lines. */
  static BufferedReader reader() throws IOException {
    return Files.newBufferedReader(FILE, Charset.defaultCharset());
  }
}
