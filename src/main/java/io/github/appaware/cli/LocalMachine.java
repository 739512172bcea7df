package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine. */
final class LocalMachine {
  private LocalMachine() {}

  /** The host name, or empty. */
  static String name() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "" : name;
    }
  }
}
