package io.github.appaware.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, which programs look up to learn their own address. */
final class OwnName {
  private static final String NAME = read();

  private OwnName() {}

  /** Whether the name is this machine's, with or without its domain. */
  static boolean is(String host) {
    int dot = NAME.indexOf('.');
    return !NAME.isEmpty()
        && (host.equalsIgnoreCase(NAME)
            || (dot > 0 && host.equalsIgnoreCase(NAME.substring(0, dot))));
  }

  private static String read() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "" : name;
    }
  }
}
